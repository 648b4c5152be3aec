import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { scores } from '../contract.ts';
import { stateWords } from '../course.ts';
import type { Scheme, SchemeRow } from '../shapes.ts';
import { SchemeTabs } from './SchemeTabs.tsx';
import { nameOf } from './show.ts';
import * as text from './text.ts';

/** The scheme of the address, kept up to date. */
export function useScheme() {
  const { scheme: id = '' } = useParams();
  const api = useClient(scores);
  const found = useQuery({
    queryKey: ['scores', 'scheme', id],
    queryFn: ({ signal }) => api.scheme({ id }, { signal }),
    enabled: id !== '',
  });
  useLiveRefetch(['scores.*'], [['scores']]);
  return { id, api, scheme: found.data, error: found.error, refetch: found.refetch };
}

/** The head of each page of a scheme: which one, where it stands, and the other pages. */
export function SchemeHead({
  id,
  scheme,
  page,
  note,
  actions,
}: {
  id: string;
  scheme: Scheme | undefined;
  page: keyof typeof text.zh.tabs;
  note?: ReactNode;
  actions?: ReactNode;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const api = useClient(scores);
  const list = useQuery({
    queryKey: ['scores', 'list', scheme?.year],
    queryFn: ({ signal }) => api.list(scheme ? { year: scheme.year } : {}, { signal }),
    enabled: scheme !== undefined,
  });
  const others = list.data?.schemes ?? [];
  return (
    <>
      <PageHead title={t.title} tabTitle={t.tabs[page]} note={note} actions={actions}>
        {scheme && (
          <>
            {others.length > 1 ? (
              <Select
                className="scores-choose"
                aria-label={t.schemes}
                value={id}
                options={others.map((s) => ({ value: s.id, label: labelOf(s, language) }))}
                onChange={(next: string) => navigate(`/scores/${next}${page === 'result' ? '' : `/${pathOf[page]}`}`)}
              />
            ) : (
              <b>{labelOf(scheme, language)}</b>
            )}
            <span className="tag key">{words(stateWords[scheme.state])}</span>
            <span>{t.version(scheme.version)}</span>
            <span>{t.units(scheme.units)}</span>
            {scheme.state === 'assessing' && scheme.selfUntil && <span>{t.selfUntil(scheme.selfUntil)}</span>}
            {scheme.publicityUntil && <span>{t.publicityUntil(scheme.publicityUntil)}</span>}
            {scheme.openObjections > 0 && (
              <span className="scores-open">{t.openObjections(scheme.openObjections)}</span>
            )}
            {scheme.demo && <span className="tag">{t.demo}</span>}
          </>
        )}
      </PageHead>
      <SchemeTabs id={id} />
    </>
  );
}

const pathOf: Record<keyof typeof text.zh.tabs, string> = {
  result: '',
  self: 'self',
  publicity: 'publicity',
  entries: 'entries',
  whatIf: 'what-if',
  edit: 'edit',
};
const labelOf = (s: Pick<SchemeRow, 'year' | 'name'>, language: 'zh' | 'en') =>
  language === 'zh' ? `${s.year} 年${s.name.zh}` : `${nameOf(s.name, 'en')} ${s.year}`;
