import { useText } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import type { Snapshot } from '../contract.ts';
import { noHash, shortHash } from '../head.ts';
import * as text from './text.ts';

/** The versions of a month, newest first; the one that is shown below is pressed. */
export function SnapshotCards({
  versions,
  shown,
  onShow,
}: {
  versions: readonly Snapshot[];
  shown: string | null;
  onShow: (id: string) => void;
}) {
  const t = useText(text);
  return (
    <section className="card">
      <h2>{t.month.snapshots}</h2>
      <div className="snap-cards">
        {versions.map((s) => (
          <div key={s.id} className={s.replacedById === null ? 'snap-card' : 'snap-card is-old'}>
            <div className="snap-card-head">
              <button
                type="button"
                className={s.id === shown ? 'chip on' : 'chip'}
                aria-pressed={s.id === shown}
                onClick={() => onShow(s.id)}
              >
                {t.month.version} {s.version}
              </button>
              <span>{s.replacedById === null ? t.month.newest : t.month.replaced}</span>
              <span className="tag">{t.month.kinds[s.kind]}</span>
            </div>
            <dl className="kv">
              <dt>{t.columns.asOf}</dt>
              <dd>
                {moment(s.asOf)}　{s.createdBy}
              </dd>
              <dt>{t.columns.hash}</dt>
              <dd>
                <code className="snap-hash">{s.hash}</code>
              </dd>
              <dt>{t.month.previous}</dt>
              <dd>
                <code title={s.prevHash}>{s.prevHash === noHash ? t.month.first : shortHash(s.prevHash)}</code>
              </dd>
              <dt>{t.month.position}</dt>
              <dd>{s.position}</dd>
              <dt>{t.month.id}</dt>
              <dd>
                <code className="snap-hash">{s.id}</code>
              </dd>
              <dt>{t.month.cells}</dt>
              <dd>{t.month.cellsOf(count(s.cellCount), count(s.projectCount))}</dd>
              {s.note && (
                <>
                  <dt>{t.month.note}</dt>
                  <dd>{s.note}</dd>
                </>
              )}
              {s.publishedAt && (
                <>
                  <dt>{t.month.comment}</dt>
                  <dd>
                    {s.comment ?? ''} {s.publishedBy} {moment(s.publishedAt)}
                  </dd>
                </>
              )}
            </dl>
          </div>
        ))}
      </div>
    </section>
  );
}
