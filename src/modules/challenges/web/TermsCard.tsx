import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { ChallengeView, SupportView } from '../shapes.ts';
import { needsReview } from '../terms.ts';
import { reviewWords, takerWords } from '../words.ts';
import { FileLink } from './FileLink.tsx';
import * as text from './text.ts';

/** What is published, the support that was promised with it, and the review it rests on. */
export function TermsCard({ challenge: c }: { challenge: ChallengeView }) {
  const t = useText(text);
  const words = useWords();
  const { terms } = c;
  const rows: [string, string | null][] = [
    [t.problem, terms.problem],
    [t.caliber, terms.metric.caliber],
    [t.sourceOf, t.sources[terms.metric.source.kind]],
    [t.projects, c.projectNames.map((one) => one.name).join(t.listSign)],
    [t.days, terms.openOn && terms.closeOn && `${terms.openOn} — ${terms.closeOn}`],
    [
      t.takers,
      [
        ...terms.takerKinds.map((kind) => words(takerWords[kind])),
        ...(terms.allowsConsortia ? [t.consortia] : []),
      ].join(t.listSign),
    ],
    [t.eligibility, terms.eligibility],
    [
      t.reward,
      terms.reward
        ? [
            terms.reward.words,
            `${t.formula}：${terms.reward.formula}`,
            terms.reward.capYuan === null ? '' : t.cap(terms.reward.capYuan.toLocaleString('en-US')),
            `${t.payer}：${terms.reward.payer}`,
          ]
            .filter(Boolean)
            .join('；')
        : t.noReward,
    ],
    [t.penalty, terms.penalty],
    [t.change, terms.change],
    [t.tolerance, terms.tolerance],
  ];
  return (
    <section className="card">
      <h2>{t.terms}</h2>
      <dl className="kv chl-terms">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {c.supportItems.length > 0 && (
        <>
          <h3>{t.support}</h3>
          <ScrollX label={t.support}>
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.supportHeads.title}</th>
                  <th>{t.supportHeads.unit}</th>
                  <th>{t.supportHeads.due}</th>
                  <th>{t.supportHeads.state}</th>
                </tr>
              </thead>
              <tbody>
                {c.supportItems.map((one) => (
                  <tr key={`${one.title} ${one.dueOn}`}>
                    <td>{one.title}</td>
                    <td>{one.unit.name}</td>
                    <td className="nowrap">{one.dueOn}</td>
                    <td>
                      <SupportState support={one} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </>
      )}
      {c.relation === 'inside' && needsReview(terms) && (
        <>
          <h3>{t.review}</h3>
          {c.review ? (
            <p>
              <b>{words(reviewWords[c.review.conclusion])}</b> · {c.review.on} · {c.review.by} · {t.legalBasis}：
              {c.review.basis} <FileLink id={c.id} file={c.review.file} />
              {!c.review.isOfTheseTerms && <span className="chl-mark warn">▲ {t.reviewOld}</span>}
            </p>
          ) : (
            <p className="chl-mark warn">▲ {t.reviewMissing}</p>
          )}
        </>
      )}
    </section>
  );
}

function SupportState({ support }: { support: SupportView }) {
  const t = useText(text);
  const { matter } = support;
  if (!matter) return <span className="muted">{t.notRaised}</span>;
  const state = matter.state === 'closed' ? t.states.closed : matter.state === 'void' ? t.states.void : t.states.open;
  return (
    <>
      <Link to={`/ledger/${matter.id}`}>{matter.no}</Link> {state}{' '}
      {support.isLate && <span className="chl-mark late">■ {t.late}</span>}
    </>
  );
}
