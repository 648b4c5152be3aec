import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { categoryOf } from '../categories.ts';
import { factors, type Lamp, type Need } from '../contract.ts';
import { causeWords, lampWords } from '../lamp.ts';
import { needStateWords } from '../need-state.ts';
import { FactorLamp } from './FactorLamp.tsx';
import './factors.css';
import { keys, topics } from './keys.ts';
import { NeedDrawer } from './NeedDrawer.tsx';
import { NeedHistory } from './NeedHistory.tsx';
import { amountOf, figureOf } from './show.ts';
import * as text from './text.ts';

/** On the project page: what it needs against what it has got, the worst first to be seen, and why the lamp has its colour. */
export function FactorSection({ project }: { project: { id: string; childCount: number } }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const [edited, setEdited] = useState<Need | 'new' | null>(null);
  const [isHistory, setHistory] = useState(false);
  const [isWhy, setWhy] = useState(false);
  const found = useQuery({
    queryKey: keys.project(project.id),
    queryFn: ({ signal }) => api.project({ projectId: project.id }, { signal }),
  });
  useLiveRefetch(topics, [keys.all]);
  const page = found.data;
  const canEdit = page?.allowed.includes('edit') ?? false;
  return (
    <section id="factors" className="factor-section">
      <h2 className="h2">
        {t.title} <small>{t.sectionNote}</small>
        {page && page.needs.length > 0 && (
          <>
            <FactorLamp light={page.lamp.light} lamp />
            <button type="button" className="link factor-why-link" aria-expanded={isWhy} onClick={() => setWhy(!isWhy)}>
              {t.whyTitle(words(lampWords[page.lamp.light]))}
            </button>
          </>
        )}
        <span className="to">
          {page && page.needs.length > 0 && (
            <button type="button" className="link" onClick={() => setHistory(true)}>
              {t.history}
            </button>
          )}
          {canEdit && (
            <button type="button" className="link" onClick={() => setEdited('new')}>
              {t.add}
            </button>
          )}
        </span>
      </h2>
      {found.error && <ProblemView error={found.error} compact onRetry={() => void found.refetch()} />}
      {page?.needs.length === 0 && <p className="muted">{canEdit ? t.none : t.noneReadOnly}</p>}
      {page && isWhy && <Why lamp={page.lamp} since={page.since} />}
      {page && page.needs.length > 0 && (
        <ul className="factor-rows">
          {page.needs.map((need) => (
            <NeedRow
              key={need.id}
              need={need}
              lamp={page.lamp}
              projectId={project.id}
              onEdit={canEdit ? () => setEdited(need) : undefined}
            />
          ))}
        </ul>
      )}
      {edited && (
        <NeedDrawer
          projectId={project.id}
          need={edited === 'new' ? undefined : edited}
          taken={(page?.needs ?? []).map((need) => need.category)}
          onClose={() => setEdited(null)}
        />
      )}
      {isHistory && <NeedHistory projectId={project.id} onClose={() => setHistory(false)} />}
    </section>
  );
}

function Why({ lamp, since }: { lamp: Lamp; since: string | null }) {
  const t = useText(text);
  const words = useWords();
  return (
    <div className="factor-why">
      <p>
        {lamp.category
          ? t.why(words(categoryOf(lamp.category).name), words(causeWords[lamp.cause]))
          : words(causeWords[lamp.cause])}
        {since && <span className="muted"> {t.since(since)}</span>}
      </p>
      <ul>
        {lamp.checks.map((check) => (
          <li key={check.category}>
            <span className="light" data-light={check.light}>
              {words(categoryOf(check.category).name)}
            </span>
            <span>{words(causeWords[check.cause])}</span>
            <span className="muted">
              {check.daysLeft !== null &&
                (check.daysLeft < 0 ? t.daysLate(-check.daysLeft) : t.daysLeft(check.daysLeft))}
            </span>
          </li>
        ))}
      </ul>
      <p className="muted">{t.whyRule}</p>
    </div>
  );
}

function NeedRow({
  need,
  lamp,
  projectId,
  onEdit,
}: {
  need: Need;
  lamp: Lamp;
  projectId: string;
  onEdit: (() => void) | undefined;
}) {
  const t = useText(text);
  const words = useWords();
  const check = lamp.checks.find((c) => c.category === need.category)!;
  const gap = Math.max(0, need.demand - need.supplied);
  const name = words(categoryOf(need.category).name);
  const share = need.demand === 0 ? 0 : Math.min(100, (need.supplied / need.demand) * 100);
  return (
    <li>
      {onEdit ? (
        <button type="button" className="link factor-name" onClick={onEdit}>
          {name}
        </button>
      ) : (
        <b className="factor-name">{name}</b>
      )}
      <i
        className="factor-bar"
        role="img"
        aria-label={`${name} ${figureOf(need.category, need.supplied)} / ${amountOf(need.category, need.demand, words)}`}
        style={{ '--v': share } as CSSProperties}
        data-light={check.light}
      />
      <span className="num factor-amount">
        {figureOf(need.category, need.supplied)} / {amountOf(need.category, need.demand, words)}
      </span>
      <span className="light factor-state" data-light={check.light}>
        {need.state === 'overdue' || gap === 0
          ? words(needStateWords[need.state])
          : t.lack(figureOf(need.category, gap))}
      </span>
      <small className="factor-facts">
        <span>{[need.unit?.name ?? t.noOwner, need.personName].filter(Boolean).join(' ')}</span>
        {need.state !== 'secured' && need.state !== 'notNeeded' && (
          <span className={check.light === 'late' ? 'late' : check.cause === 'near' ? 'warn' : ''}>
            {need.promisedOn === null
              ? t.notPromised
              : need.promisedOriginal !== null && need.promisedOriginal !== need.promisedOn
                ? t.promisedMoved(need.promisedOriginal, need.promisedOn)
                : t.promised(need.promisedOn)}
            {check.daysLeft !== null &&
              ` · ${check.daysLeft < 0 ? t.daysLate(-check.daysLeft) : t.daysLeft(check.daysLeft)}`}
          </span>
        )}
        {need.clearance && (
          <span>
            {t.clearanceLine(
              String(need.clearance.households.signed),
              String(need.clearance.households.vacated),
              String(need.clearance.households.planned),
            )}
          </span>
        )}
        {need.evidence && <span>{need.evidence}</span>}
        {need.files.map((file) => (
          <a key={file.fileId} href={urlOf(factors, 'file', { projectId, fileId: file.fileId })} download>
            {file.name}
          </a>
        ))}
      </small>
    </li>
  );
}
