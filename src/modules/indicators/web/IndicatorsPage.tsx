import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useNavigate } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type IndicatorView, indicators } from '../contract.ts';
import { showFigure } from '../show.ts';
import { useMoment } from './address.ts';
import { FigureText } from './FigureText.tsx';
import { IndicatorDrawer, nameOf } from './IndicatorDrawer.tsx';
import './indicators.css';
import * as text from './text.ts';

/** Every indicator with its figure of the day, its formula and what it counts. A row opens its groups and its versions. */
export function IndicatorsPage() {
  const t = useText(text);
  const language = useLanguage();
  const navigate = useNavigate();
  const api = useClient(indicators);
  const address = useMoment();
  const { at, today, by, open, set } = address;
  const list = useQuery({
    queryKey: ['indicators', 'list', at],
    queryFn: ({ signal }) => api.list(at, { signal }),
    placeholderData: (before) => before,
  });
  useLiveRefetch(['indicators.defined', 'dispatch.standingChanged'], [['indicators']]);
  const found = list.data;
  const opened = found?.indicators.find((i) => i.definition.code === open);
  return (
    <>
      <PageHead
        title={t.title}
        note={
          found &&
          `${t.note(found.indicators.length, count(found.members))} · ${t.clock(
            showFigure(found.pace, { unit: 'percent', decimals: 1 }, language),
          )}`
        }
        actions={
          <>
            <Button href={urlOf(indicators, 'table', { ...at, by, lang: language })}>{t.export}</Button>
            {found?.canDefine && (
              <Button type="primary" onClick={() => navigate('/dispatch/indicators/new')}>
                {t.create}
              </Button>
            )}
          </>
        }
      />
      <Slot name="dispatch.page.tabs" />
      <div className="page-body indicators-body">
        <div className="indicator-choices">
          <DayField
            label={t.day}
            value={at.day}
            to={today}
            onChange={(day) => set('day', day === today ? null : day)}
          />
          {at.day !== today && <Button onClick={() => set('day', null)}>{t.today}</Button>}
          <Segmented
            aria-label={t.basis}
            value={at.basis}
            options={(['original', 'adjusted'] as const).map((value) => ({ value, label: t.bases[value] }))}
            onChange={(value) => set('basis', value === 'adjusted' ? null : value)}
          />
          <Segmented
            aria-label={t.level}
            value={at.level}
            options={(['projects', 'items'] as const).map((value) => ({ value, label: t.levels[value] }))}
            onChange={(value) => set('level', value === 'projects' ? null : value)}
          />
        </div>
        {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
        {found && (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain indicator-table">
                <thead>
                  <tr>
                    <th>{t.columns.name}</th>
                    <th className="num">{t.columns.figure}</th>
                    <th>{t.columns.formula}</th>
                    <th>{t.columns.caliber}</th>
                    <th>{t.columns.source}</th>
                    <th>{t.columns.users}</th>
                    <th>{t.columns.version}</th>
                  </tr>
                </thead>
                <tbody>
                  {found.indicators.map((i) => (
                    <IndicatorRow
                      key={i.definition.code}
                      shown={i}
                      all={found.indicators}
                      onOpen={() => set('open', i.definition.code)}
                    />
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
      {found && opened && <IndicatorDrawer shown={opened} address={address} canDefine={found.canDefine} />}
    </>
  );
}

function IndicatorRow({
  shown,
  all,
  onOpen,
}: {
  shown: IndicatorView;
  all: readonly IndicatorView[];
  onOpen: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const { definition, whole, users, isShipped, version } = shown;
  const name = words(nameOf(definition));
  const nameByCode = (code: string) => {
    const user = all.find((i) => i.definition.code === code);
    return user ? words(nameOf(user.definition)) : code;
  };
  return (
    // Keys reach the button in the first cell; the rest of the row is a larger target for the mouse, except while text is selected.
    <tr onClick={() => getSelection()?.isCollapsed !== false && onOpen()}>
      <th scope="row">
        <button
          type="button"
          className="link"
          aria-label={t.open(name)}
          onClick={(event) => {
            event.stopPropagation();
            onOpen();
          }}
        >
          {name}
        </button>
        <small className="muted">{definition.code}</small>
      </th>
      <td className="num">
        <FigureText figure={whole} of={definition} />
      </td>
      <td>
        <code className="formula">{definition.formula}</code>
      </td>
      <td>{words(nameOf({ name: definition.caliber }))}</td>
      <td className="soft">{definition.basis}</td>
      <td>{users.map(nameByCode).join('、')}</td>
      <td className="nowrap">{isShipped ? <span className="muted">{t.shipped}</span> : t.version(version)}</td>
    </tr>
  );
}
