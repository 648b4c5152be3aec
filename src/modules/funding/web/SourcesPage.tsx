import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { funding } from '../contract.ts';
import { keptSources } from '../sources.ts';
import { FundingTabs } from './FundingTabs.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';
import './funding.css';

interface Line {
  key: string;
  code?: string;
  label: string;
  retired: boolean;
  used: boolean;
}

/** The city's list of sources, in the order in which tables show them. */
export function SourcesPage() {
  const t = useText(text);
  const s = t.sources;
  const api = useClient(funding);
  const [lines, setLines] = useState<Line[] | null>(null);
  const found = useQuery({ queryKey: ['funding', 'sources'], queryFn: ({ signal }) => api.sources({}, { signal }) });
  const shown = lines ?? found.data?.sources.map((source) => ({ ...source, key: source.code })) ?? [];
  const save = useCommand(
    (client, sent: readonly Line[]) =>
      client.setSources({
        sources: sent.map(({ code, label, retired }) => ({ ...(code && { code }), label: label.trim(), retired })),
      }),
    () => setLines(null),
  );
  const change = (key: string, part: Partial<Line>) =>
    setLines(shown.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const move = (at: number, by: number) => {
    const next = [...shown];
    const [line] = next.splice(at, 1);
    next.splice(at + by, 0, line!);
    setLines(next);
  };
  return (
    <>
      <PageHead title={t.tabs.sources} />
      <FundingTabs />
      <div className="page-body funding-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        <section className="card">
          <p className="soft">{s.note}</p>
          <ol className="funding-sources">
            {shown.map((line, i) => (
              <li key={line.key}>
                <Input
                  aria-label={s.label}
                  value={line.label}
                  maxLength={40}
                  onChange={(event) => change(line.key, { label: event.target.value })}
                />
                <Checkbox
                  checked={line.retired}
                  onChange={(event) => change(line.key, { retired: event.target.checked })}
                >
                  {s.retired}
                </Checkbox>
                <span className="funding-acts">
                  <button type="button" className="link" disabled={i === 0} onClick={() => move(i, -1)}>
                    {s.up}
                  </button>
                  <button type="button" className="link" disabled={i === shown.length - 1} onClick={() => move(i, 1)}>
                    {s.down}
                  </button>
                  {line.used ? (
                    <small className="muted">{s.used}</small>
                  ) : (
                    !keptSources.includes(line.code ?? '') && (
                      <button
                        type="button"
                        className="link"
                        onClick={() => setLines(shown.filter((other) => other.key !== line.key))}
                      >
                        {s.remove}
                      </button>
                    )
                  )}
                </span>
              </li>
            ))}
          </ol>
          <div className="form-foot">
            <Button
              size="small"
              onClick={() =>
                setLines([
                  ...shown,
                  { key: `new ${shown.length} ${Date.now()}`, label: '', retired: false, used: false },
                ])
              }
            >
              {s.add}
            </Button>
            <Button
              size="small"
              type="primary"
              disabled={lines === null || shown.some((line) => line.label.trim() === '')}
              loading={save.isPending}
              onClick={() => save.mutate(shown)}
            >
              {t.save}
            </Button>
          </div>
          {save.error && <ProblemView compact error={save.error} />}
        </section>
      </div>
    </>
  );
}
