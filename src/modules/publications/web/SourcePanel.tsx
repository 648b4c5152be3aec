import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { publications } from '../contract.ts';
import type { Warning } from '../draft.ts';
import type { Reference } from '../query.ts';
import type { Offered } from '../shapes.ts';
import * as text from './text.ts';

/** Where the chosen figure comes from: its query in words, the edition, the rows behind. */
export function Source({ id, reference }: { id: string; reference: Reference | null }) {
  const t = useText(text).panel;
  const words = useWords();
  const api = useClient(publications);
  const found = useQuery({
    queryKey: ['publications', 'reference', id, reference],
    queryFn: ({ signal }) => api.reference({ id, ...reference! }, { signal }),
    enabled: reference !== null,
  });
  const data = reference === null ? undefined : found.data;
  return (
    <section className="card pub-source" aria-live="polite">
      <h2>{t.title}</h2>
      {reference === null && <p className="soft">{t.empty}</p>}
      {found.error && reference !== null && <ProblemView error={found.error} compact />}
      {data && (
        <>
          <p className="pub-source-value">{data.text ?? '—'}</p>
          <dl className="kv">
            <dt>{t.says}</dt>
            <dd>{words(data.says)}</dd>
            {data.sum && (
              <>
                <dt>{t.sum}</dt>
                <dd>{data.sum}</dd>
              </>
            )}
            <dt>{t.edition}</dt>
            <dd>
              <Link to={`/editions/${data.period}/${data.editionVersion}`}>
                {t.editionValue(data.period, data.editionVersion, data.editionHash.slice(0, 12))}
              </Link>
            </dd>
            <dt>{t.day}</dt>
            <dd>{data.day}</dd>
          </dl>
          {data.total > 0 && data.rows.length === 0 && <p className="muted">{t.hidden(count(data.total))}</p>}
          {data.rows.length > 0 && (
            <>
              <h3>{t.rows(count(data.rows.length), count(data.total))}</h3>
              <ScrollX label={t.rows(count(data.rows.length), count(data.total))}>
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{t.name}</th>
                      {data.columns.map((column) => (
                        <th key={column.key}>{words(column.words)}</th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {data.rows.map((row) => (
                      <tr key={row.key}>
                        <td>{row.projectId ? <Link to={`/projects/${row.projectId}`}>{row.name}</Link> : row.name}</td>
                        {row.cells.map((cell, i) => (
                          <td key={data.columns[i]!.key} className="nowrap">
                            {cell}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
            </>
          )}
        </>
      )}
    </section>
  );
}

/** What to look at before the release; each goes to its sentence. */
export function Warnings({ warnings, onGo }: { warnings: readonly Warning[]; onGo: (warning: Warning) => void }) {
  const t = useText(text).panel;
  const sentence = (warning: Warning) =>
    warning.kind === 'typed' ? t.typed(warning.text) : warning.kind === 'missing' ? t.missing : t.emptySentence;
  return (
    <section className="card pub-warnings">
      <h2>
        {t.warnings} {warnings.length > 0 && <span className="tag">{count(warnings.length)}</span>}
      </h2>
      {warnings.length === 0 && <p className="soft">{t.noWarnings}</p>}
      <ul>
        {warnings.map((warning, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence may have the same warning twice
          <li key={i}>
            <span>▲ {sentence(warning)}</span>{' '}
            <button type="button" className="pub-link" onClick={() => onGo(warning)}>
              {t.goTo}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every named figure with its value in this edition, to be put into a sentence. */
export function Catalogue({ id, onUse, verb }: { id: string; onUse: (one: Offered) => void; verb: string | null }) {
  const t = useText(text).panel;
  const words = useWords();
  const api = useClient(publications);
  const [q, setQ] = useState('');
  const found = useQuery({
    queryKey: ['publications', 'catalogue', id],
    queryFn: ({ signal }) => api.catalogue({ id }, { signal }),
    staleTime: 60_000,
  });
  const shown = (found.data ?? []).filter(
    (one) => one.text !== null && (q === '' || words(one.words).includes(q) || one.text.includes(q)),
  );
  const groups = [...new Set(shown.map(({ group }) => group))] as (keyof typeof t.groups)[];
  return (
    <section className="card pub-catalogue">
      <h2>{t.pick}</h2>
      <p className="soft">{t.pickHint}</p>
      <Input
        aria-label={t.search}
        placeholder={t.search}
        value={q}
        onChange={(event) => setQ(event.target.value)}
        allowClear
      />
      {found.error && <ProblemView error={found.error} compact />}
      {groups.map((group) => (
        <div key={group}>
          <h3>{t.groups[group]}</h3>
          <ul>
            {shown
              .filter((one) => one.group === group)
              .map((one) => (
                <li key={one.code}>
                  <button
                    type="button"
                    className="pub-offer"
                    disabled={verb === null}
                    title={verb ?? t.pickHint}
                    onClick={() => onUse(one)}
                  >
                    <span>{words(one.words)}</span>
                    <b>{one.text}</b>
                  </button>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
