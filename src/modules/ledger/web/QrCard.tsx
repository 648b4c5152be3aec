import { App, Button, Modal, QRCode } from 'antd';
import { Link } from 'react-router';
import { useText } from '#core/web/text.ts';
import { phoneAddress } from './matter-show.ts';
import * as text from './matter-text.ts';

/** The address of a matter's phone page as a code to scan: from the desk's screen, or printed beside the sheet. */
export function QrCard({
  matter,
  onClose,
}: {
  matter: { id: string; no: string; title: string };
  onClose: () => void;
}) {
  const t = useText(text);
  const { message } = App.useApp();
  const address = phoneAddress(location.origin, matter.id);
  return (
    <Modal open title={t.qrTitle} width={380} footer={null} onCancel={onClose}>
      <div className="mt-qr">
        <QRCode value={address} size={240} type="canvas" bordered={false} aria-label={`${t.qrTitle}：${address}`} />
        <p>
          <b>{matter.no}</b> {matter.title}
        </p>
        <p className="soft">{t.qrHint}</p>
        <p className="mt-qr-acts">
          <Button
            onClick={() => {
              void navigator.clipboard.writeText(address).then(() => message.success(t.copied));
            }}
          >
            {t.copy}
          </Button>
          <Link to={`/m/${matter.id}`} onClick={onClose}>
            {t.phonePage}
          </Link>
        </p>
      </div>
    </Modal>
  );
}
