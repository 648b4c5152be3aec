import { Modal } from 'antd';
import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { projects } from '../contract.ts';
import type { Evidence } from '../evidence-contract.ts';
import * as text from './text.ts';

/** What shows that a node was reached: pictures as pictures, other files to open, each with its note, name and moment. */
export function EvidenceView({
  projectId,
  name,
  evidence,
  onClose,
}: {
  projectId: string;
  name: string;
  evidence: readonly Evidence[];
  onClose: () => void;
}) {
  const t = useText(text);
  return (
    <Modal open title={t.evidenceOf(name)} footer={null} onCancel={onClose} width={640}>
      <ul className="evidence">
        {evidence.map((one) => {
          const of = { id: projectId, evidenceId: one.id };
          return (
            <li key={one.id}>
              <a
                href={urlOf(projects, 'evidenceFile', one.isPicture ? { ...of, size: '1600' } : of)}
                target="_blank"
                rel="noreferrer"
              >
                {one.isPicture ? (
                  <img src={urlOf(projects, 'evidenceFile', { ...of, size: '160' })} alt={one.note} />
                ) : (
                  <span className="evidence-file">{one.fileName}</span>
                )}
              </a>
              <div>
                <p>{one.note}</p>
                <p className="muted">
                  {t.evidenceReached(one.reachedOn)}
                  <br />
                  {one.actorName} {moment(one.at)}
                  {one.isPicture && ` · ${one.fileName}`}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
