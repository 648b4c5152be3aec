import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { challenges } from '../contract.ts';
import type { ChallengeView, PledgeView } from '../shapes.ts';
import { FileLink } from './FileLink.tsx';
import { figureOf } from './show.ts';
import * as text from './text.ts';

/** The pledge and its adjustments, the milestones, and every baseline that was ever recorded. */
export function PledgeCard({ challenge: c }: { challenge: ChallengeView }) {
  const t = useText(text);
  const signed = c.pledges.find((one) => one.isInForce)?.content.baseline.snapshotId;
  const stateOf = (one: PledgeView) =>
    one.isInForce
      ? t.inForce
      : one.publisherSignedOn && one.takerSignedOn
        ? t.replaced
        : one.seq === c.pledges.at(-1)?.seq
          ? t.waits
          : t.replaced;
  return (
    <section className="card">
      <h2>{t.pledge}</h2>
      {c.needsAdjustment && <p className="chl-mark warn">▲ {t.adjustAsk}</p>}
      <ul className="chl-list">
        {c.pledges.map((one) => (
          <li key={one.seq}>
            <b>{t.pledgeSeq(one.seq)}</b> <span className="tag">{stateOf(one)}</span>{' '}
            {(['pdf', 'docx'] as const).map((format) => (
              <a
                key={format}
                className="chl-print"
                href={urlOf(challenges, 'pledgeFile', { id: c.id, seq: one.seq, format })}
                download
              >
                {t.print[format]}
              </a>
            ))}
            <br />
            <small className="muted">
              {t.owner}：
              {one.publisherSigner ? t.signedBy(one.publisherSigner, one.publisherSignedOn ?? '') : t.unsigned} ·{' '}
              {t.taker}：{one.takerSigner ? t.signedBy(one.takerSigner, one.takerSignedOn ?? '') : t.unsigned}
              {one.reason && ` · ${one.reason}`}
            </small>
          </li>
        ))}
      </ul>
      {c.milestones.length > 0 && (
        <>
          <h3>{t.milestones}</h3>
          <ScrollX label={t.milestones}>
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.milestoneHeads.title}</th>
                  <th>{t.milestoneHeads.due}</th>
                  <th>{t.milestoneHeads.evidence}</th>
                  <th>{t.milestoneHeads.reached}</th>
                </tr>
              </thead>
              <tbody>
                {c.milestones.map((one) => (
                  <tr key={one.position}>
                    <td>{one.title}</td>
                    <td className="nowrap">{one.dueOn}</td>
                    <td>
                      {one.evidence} <FileLink id={c.id} file={one.file} />
                    </td>
                    <td className="nowrap">
                      {one.reachedOn ?? '—'} {one.isLate && <span className="chl-mark late">■ {t.late}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollX>
        </>
      )}
      {c.baselines.length > 0 && (
        <>
          <h3>{t.baselines}</h3>
          <ScrollX label={t.baselines}>
            <table className="plain">
              <thead>
                <tr>
                  <th className="num">{t.baselineHeads.value}</th>
                  <th>{t.baselineHeads.on}</th>
                  <th>{t.baselineHeads.document}</th>
                  <th>{t.baselineHeads.snapshot}</th>
                  <th>{t.baselineHeads.by}</th>
                </tr>
              </thead>
              <tbody>
                {c.baselines.map((one, i) => (
                  <tr key={`${one.snapshotId} ${one.recordedOn} ${one.n}`}>
                    <td className="num nowrap">
                      {figureOf(c, one)}
                      {one.snapshotId === signed && <span className="tag">{t.inPledge}</span>}
                      {i > 0 && <span className="tag">{t.restated}</span>}
                    </td>
                    <td className="nowrap">{one.on}</td>
                    <td>
                      {one.document}
                      {one.reason && <small className="muted"> {one.reason}</small>}
                    </td>
                    <td>
                      <code>{one.snapshotId.slice(-12)}</code>
                    </td>
                    <td>
                      {one.byName} {one.recordedOn}
                    </td>
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
