import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useRenewSession, useSession } from '#core/web/session.tsx';
import { paths } from '#core/web/shell/paths.ts';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import './identity.css';
import { NewPasswordFields } from './NewPasswordFields.tsx';
import * as text from './text.ts';

interface Entered {
  currentPassword: string;
  newPassword: string;
  repeat: string;
}

/** Changing one's password; with a first password the only page that opens. */
export function PasswordPage() {
  const t = useText(text);
  const api = useClient(identity);
  const { account } = useSession();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const renew = useRenewSession();
  const [form] = Form.useForm<Entered>();
  const isFirst = account.mustChangePassword;
  const change = useMutation({
    mutationFn: ({ repeat: _, ...values }: Entered) => api.changePassword(values),
    onSuccess: async () => {
      void message.success(t.password.done);
      await renew();
      await navigate(isFirst ? '/' : paths.account, { replace: true });
    },
  });
  const field = change.error instanceof ProblemError ? change.error.field : undefined;
  useEffect(() => {
    if (field && change.error) form.setFields([{ name: field as keyof Entered, errors: [change.error.message] }]);
  }, [field, change.error, form]);
  return (
    <>
      <PageHead title={isFirst ? t.password.firstTitle : t.password.title}>
        {isFirst && <span>{t.password.firstIntro}</span>}
      </PageHead>
      <div className="page-body">
        <Form<Entered>
          form={form}
          className="card identity-form"
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => change.mutate(values)}
          scrollToFirstError={{ focus: true }}
        >
          {/* Tells a password store whose password this is. */}
          <input
            className="only-aloud"
            type="text"
            autoComplete="username"
            value={account.username}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          <Form.Item
            name="currentPassword"
            label={t.password.current}
            rules={[{ required: true, message: t.signIn.fillPassword }]}
          >
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
          <NewPasswordFields
            name="newPassword"
            label={t.password.next}
            repeat={t.password.repeat}
            names={() => [account.username, account.name]}
          />
          {change.error && !field && <ProblemView compact error={change.error} />}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t.password.submit}
          </Button>
        </Form>
      </div>
    </>
  );
}
