import { Modal } from 'antd';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/** The only place where a first password is ever shown. */
export function FirstPassword({
  title,
  username,
  password,
  onClose,
}: {
  title: string;
  username: string;
  password: string;
  onClose: () => void;
}) {
  const t = useText(text).accounts;
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={onClose}
      okText={t.close}
      cancelButtonProps={{ style: { display: 'none' } }}
      mask={{ closable: false }}
    >
      <dl className="kv">
        <dt>{t.username}</dt>
        <dd className="secret">{username}</dd>
        <dt>{t.firstPassword}</dt>
        <dd>
          <output className="secret first-password">{password}</output>
        </dd>
      </dl>
      <p>{t.firstPasswordHelp}</p>
    </Modal>
  );
}
