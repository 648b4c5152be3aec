import { Form, Input } from 'antd';
import { useLanguage, useText } from '#core/web/text.ts';
import { passwordFaults } from '../password.ts';
import * as text from './text.ts';

/** The new password twice, judged while typing by the same rules as on the server (which also knows the pinyin of the name). */
export function NewPasswordFields({
  name,
  label,
  repeat,
  names,
}: {
  name: string;
  label: string;
  repeat: string;
  names: (value: (field: string) => string | undefined) => string[];
}) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <>
      <Form.Item
        name={name}
        label={label}
        extra={t.password.help}
        validateFirst
        rules={[
          { required: true, message: t.setup.required },
          ({ getFieldValue }) => ({
            validator: async (_, value: string) => {
              const [fault] = passwordFaults(value ?? '', names(getFieldValue));
              if (fault) throw new Error(fault.words[language]);
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={repeat}
        dependencies={[name]}
        rules={[
          { required: true, message: t.setup.required },
          ({ getFieldValue }) => ({
            validator: async (_, value: string) => {
              if (value && value !== getFieldValue(name)) throw new Error(t.setup.mismatch);
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
