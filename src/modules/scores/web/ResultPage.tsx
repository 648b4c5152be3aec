import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { urlOf } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { scores } from '../contract.ts';
import type { ResultHead, Scheme } from '../shapes.ts';
import { CourseActs } from './CourseActs.tsx';
import { ResultTable } from './ResultTable.tsx';
import { SchemeHead, useScheme } from './SchemeHead.tsx';
import { dayOf, showPoints } from './show.ts';
import './scores.css';
import * as text from './text.ts';
import { UnitDrawer } from './UnitDrawer.tsx';

/** Units × items with totals and ranks, by group; every cell opens the arithmetic behind it. */
export function ResultPage() {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const can = useCan();
  const { id, api, scheme, error, refetch } = useScheme();
  const [search, setSearch] = useSearchParams();
  const set = (key: string, value: string | null) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === null) next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  const version = search.get('version');
  const asked = { id, ...(version && { version: Number(version) }) };
  const result = useQuery({
    queryKey: ['scores', 'result', asked],
    queryFn: ({ signal }) => api.result(asked, { signal }),
    placeholderData: (before) => before,
  });
  const found = result.data;
  const groups = found?.groups.filter((g) => found.units.some((u) => u.group === g.code)) ?? [];
  const group = groups.find((g) => g.code === search.get('group')) ?? groups[0];
  const [openUnit, openItem] = (search.get('cell') ?? '').split('.');
  const opened = found?.units.find((u) => u.unitId === openUnit);
  const isEmpty = found !== undefined && found.units.length === 0;
  return (
    <>
      <SchemeHead
        id={id}
        scheme={scheme}
        page="result"
        note={scheme && t.fullMarks(showPoints(scheme.fullMarks, 0))}
        actions={
          <>
            {found && !isEmpty && (
              <Dropdown
                menu={{
                  items: (['xlsx', 'docx', 'pdf'] as const).map((format) => ({
                    key: format,
                    label: (
                      <a
                        href={
                          format === 'xlsx'
                            ? urlOf(scores, 'workbook', { ...asked, lang: language })
                            : urlOf(scores, 'document', { ...asked, format, lang: language })
                        }
                      >
                        {t.export[format]}
                      </a>
                    ),
                  })),
                }}
              >
                <Button>{t.export.label}</Button>
              </Dropdown>
            )}
            {can('scores.manage') && (
              <Link to="/scores/new">
                <Button>{t.create}</Button>
              </Link>
            )}
          </>
        }
      />
      <div className="page-body scores-body">
        {(error ?? result.error) && (
          <ProblemView error={error ?? result.error} onRetry={() => void Promise.all([refetch(), result.refetch()])} />
        )}
        {scheme && found && (
          <Standing scheme={scheme} head={found.head} day={found.day} isEmpty={isEmpty}>
            {found.versions.length > 1 && (
              <Select
                aria-label={t.versions}
                value={found.head?.version ?? 0}
                options={found.versions.map((v) => ({
                  value: v.version,
                  label: `${t.version(v.version)}${v.publishedAt ? ` · ${t.published}` : ''}`,
                }))}
                onChange={(v: number) => set('version', v === found.versions[0]!.version ? null : String(v))}
              />
            )}
          </Standing>
        )}
        {scheme && <CourseActs scheme={scheme} />}
        {scheme && isEmpty && <Empty title={t.notYet} hint={t.notYetHelp} />}
        {scheme && found && group && (
          <section className="card">
            <div className="scores-groups">
              {groups.map((g) => (
                <button
                  key={g.code}
                  type="button"
                  className={g.code === group.code ? 'chip on' : 'chip'}
                  aria-pressed={g.code === group.code}
                  onClick={() => set('group', g.code)}
                >
                  {words(g.name)} <b>{found.units.filter((u) => u.group === g.code).length}</b>
                </button>
              ))}
            </div>
            <ResultTable
              label={words(group.name)}
              body={scheme.body}
              units={found.units.filter((u) => u.group === group.code)}
              onOpen={(unitId, item) => set('cell', `${unitId}.${item}`)}
            />
          </section>
        )}
      </div>
      {scheme && opened && (
        <UnitDrawer unit={opened} body={scheme.body} item={openItem} onClose={() => set('cell', null)} />
      )}
    </>
  );
}

function Standing({
  scheme,
  head,
  day,
  isEmpty,
  children,
}: {
  scheme: Scheme;
  head: ResultHead | null;
  day: string;
  isEmpty: boolean;
  children: React.ReactNode;
}) {
  const t = useText(text);
  const { message } = App.useApp();
  const { id, api } = useScheme();
  const replay = useMutation({
    mutationFn: () => api.replay({ id, ...(head && { version: head.version }) }),
    onSuccess: ({ isEqual }) => void (isEqual ? message.success(t.replayGood) : message.error(t.replayBad)),
  });
  if (!head) return isEmpty ? null : <p className="scores-standing soft">{t.live(day)}</p>;
  const isHidden = scheme.ownUnits.length > 0 && head.publishedAt === null;
  return (
    <div className="scores-standing">
      {children}
      <span>{t.version(head.version)}</span>
      <span>{t.asOf(head.day)}</span>
      <span className="soft">{t.computedBy(head.actorName, dayOf(head.at))}</span>
      <span className="soft" title={head.hash}>
        {t.hash} <code>{head.hash.slice(0, 12)}</code>
      </span>
      <Button size="small" loading={replay.isPending} onClick={() => replay.mutate()}>
        {t.replay}
      </Button>
      {head.version > 1 && (
        <p className="scores-note">
          {t.correction}
          {head.note}
        </p>
      )}
      {isHidden && <p className="soft">{t.ownOnly}</p>}
      {replay.error && <ProblemView compact error={replay.error} />}
    </div>
  );
}
