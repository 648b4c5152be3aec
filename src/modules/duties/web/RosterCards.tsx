import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { duties, type Roster } from '../contract.ts';
import { shortMoment } from './moments.ts';
import * as text from './text.ts';

const mostFaults = 6;

/** The rosters shown: what is wrong with them, publishing, printing, how evenly they share. */
export function RosterCards({ rosters }: { rosters: readonly Roster[] }) {
  const t = useText(text);
  if (rosters.length === 0)
    return (
      <section className="card">
        <h2>{t.rosters}</h2>
        <p className="muted">{t.noRoster}</p>
      </section>
    );
  return rosters.map((roster) => <RosterCard key={roster.id} roster={roster} />);
}

function RosterCard({ roster }: { roster: Roster }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const confirm = useConfirm();
  const [isHistory, setHistory] = useState(false);
  const refetch = () => cache.invalidateQueries({ queryKey: ['duties'] });
  const publish = useMutation({
    mutationFn: () => api.publish({ id: roster.id, edition: roster.edition }),
    onSuccess: refetch,
  });
  const discard = useMutation({ mutationFn: () => api.discard({ id: roster.id }), onSuccess: refetch });
  const { faults } = roster;
  return (
    <section className="card duties-roster">
      <h2>
        {roster.title}
        <small>{roster.version === 0 ? t.draft : t.version(roster.version)}</small>
        {roster.demo && <span className="tag">{t.sample}</span>}
      </h2>
      <p className="soft num">
        {shortMoment(roster.from)} – {shortMoment(roster.to)}
      </p>
      {faults.length === 0 ? (
        <p className="good">● {t.clean}</p>
      ) : (
        <>
          <p className="late">
            <b>■ {t.faults(faults.length)}</b>
          </p>
          <ul className="duties-faults">
            {faults.slice(0, mostFaults).map((fault) => (
              <li key={`${fault.post} ${fault.kind} ${fault.from}`}>
                {t.faultLine(
                  t.posts[fault.post],
                  t.faultKinds[fault.kind],
                  shortMoment(fault.from),
                  shortMoment(fault.to, fault.from),
                )}
                {fault.names.length > 0 && <small className="muted"> {fault.names.join(t.sep)}</small>}
              </li>
            ))}
            {faults.length > mostFaults && <li className="muted">{t.more(faults.length - mostFaults)}</li>}
          </ul>
        </>
      )}
      <div className="duties-buttons">
        {roster.allowed.includes('publish') && (
          <Button
            type="primary"
            loading={publish.isPending}
            disabled={faults.length > 0}
            onClick={async () => {
              if (await confirm({ title: t.publish, body: t.publishAsk })) publish.mutate();
            }}
          >
            {t.publish}
          </Button>
        )}
        {roster.allowed.includes('discard') && (
          <Button
            danger
            loading={discard.isPending}
            onClick={async () => {
              if (await confirm({ title: t.discardAsk, danger: true })) discard.mutate();
            }}
          >
            {t.discard}
          </Button>
        )}
        {(['xlsx', 'docx'] as const).map((format) => (
          <Button key={format} href={urlOf(duties, 'sheet', { id: roster.id, format })}>
            {format === 'xlsx' ? t.excel : t.word}
          </Button>
        ))}
        {roster.version > 0 && <Button onClick={() => setHistory(true)}>{t.versions}</Button>}
      </div>
      {(publish.error ?? discard.error) && <ProblemView error={publish.error ?? discard.error} compact />}
      <Fairness roster={roster} />
      {isHistory && <History roster={roster} onClose={() => setHistory(false)} />}
    </section>
  );
}

function Fairness({ roster }: { roster: Roster }) {
  const t = useText(text);
  return (
    <details className="duties-fairness">
      <summary>{t.fairness}</summary>
      {roster.fairness === null ? (
        <p className="muted">{t.noFairness}</p>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th>{t.fairnessHead.name}</th>
              <th className="num">{t.fairnessHead.workday}</th>
              <th className="num">{t.fairnessHead.rest}</th>
              <th className="num">{t.fairnessHead.holiday}</th>
              <th className="num">{t.fairnessHead.all}</th>
            </tr>
          </thead>
          <tbody>
            {roster.fairness.map(({ memberId, name, post, counts }) => (
              <tr key={`${post} ${memberId}`}>
                <td>
                  {name} <small className="muted">{t.postShort[post]}</small>
                </td>
                <td className="num">{counts.workday}</td>
                <td className="num">{counts.rest}</td>
                <td className="num">{counts.holiday}</td>
                <td className="num">{counts.workday + counts.rest + counts.holiday}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

function History({ roster, onClose }: { roster: Roster; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const found = useQuery({
    queryKey: ['duties', 'versions', roster.id, roster.version],
    queryFn: ({ signal }) => api.versions({ id: roster.id }, { signal }),
  });
  return (
    <Drawer open title={t.versionsTitle} size="32rem" onClose={onClose}>
      {found.error && <ProblemView error={found.error} compact />}
      <ol className="duties-history">
        {found.data?.map((version) => (
          <li key={version.version}>
            <b>{t.version(version.version)}</b> {version.reason}{' '}
            <small className="muted">{t.by(version.actorName, moment(version.at))}</small>
            {version.changes.map((change) => (
              <p key={`${change.post} ${change.from}`} className="soft">
                {t.changeLine(
                  t.posts[change.post],
                  `${shortMoment(change.from)} – ${shortMoment(change.to, change.from)}`,
                  change.before,
                  change.after,
                )}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
