import { useText } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ChallengeView } from '../shapes.ts';
import { FileLink } from './FileLink.tsx';
import { figureOf, yuanOf } from './show.ts';
import * as text from './text.ts';

/** How the reward comes out of the frozen values, and every decision on record. */
export function VerdictCard({ challenge: c }: { challenge: ChallengeView }) {
  const t = useText(text);
  const { reward } = c;
  const rulings = c.rulings.filter((one) => one.kind !== 'baseline' && one.kind !== 'review');
  if (!reward && rulings.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.verdict}</h2>
      {reward && (
        <dl className="kv chl-terms">
          <div>
            <dt>{t.amount}</dt>
            <dd>
              <b className="chl-amount">{t.yuan(yuanOf(reward.cents))}</b>{' '}
              <span className="tag">{reward.isPaid ? t.paid : t.unpaid}</span>
            </dd>
          </div>
          <div>
            <dt>{t.formula}</dt>
            <dd>
              <code>{reward.formula}</code>
              {reward.capYuan !== null && ` · ${t.cap(reward.capYuan.toLocaleString('en-US'))}`}
            </dd>
          </div>
          <div>
            <dt>{t.frozen}</dt>
            <dd>
              {t.baseline} {figureOf(c, reward.baseline)} · {t.target} {figureOf(c, reward.target)} · {t.value}{' '}
              {figureOf(c, reward.value)}
            </dd>
          </div>
          <div>
            <dt>{t.again}</dt>
            <dd>
              {reward.again === null ? '—' : t.yuan(yuanOf(reward.again))}（
              {reward.again === reward.cents ? t.same : t.differs}）
            </dd>
          </div>
          <div>
            <dt>{t.hash}</dt>
            <dd>
              <code>{reward.hash.slice(0, 16)}</code>
            </dd>
          </div>
        </dl>
      )}
      {rulings.length > 0 && (
        <>
          <h3>{t.rulings}</h3>
          <ScrollX label={t.rulings}>
            <table className="plain">
              <tbody>
                {rulings.map((one) => (
                  <tr key={one.id}>
                    <td className="nowrap">{one.on}</td>
                    <td className="nowrap">
                      {t.rulingKinds[one.kind]}
                      {(one.conclusion === 'pass' || one.conclusion === 'fail') && (
                        <span className="tag">{t.results[one.conclusion]}</span>
                      )}
                    </td>
                    <td>
                      {one.text}
                      {one.basis && (
                        <small className="muted">
                          {' '}
                          {t.legalBasis}：{one.basis}
                        </small>
                      )}{' '}
                      <FileLink id={c.id} file={one.file} />
                    </td>
                    <td>{one.byName}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </>
      )}
    </section>
  );
}
