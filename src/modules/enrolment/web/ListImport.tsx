import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { type MoneyUnit, moneyUnits } from '#core/shared/money.ts';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { enrolment, type ListPreview } from '../contract.ts';
import './enrolment.css';
import { keys } from './keys.ts';
import { lastMonth, MonthSelect } from './MonthSelect.tsx';
import { wanExact } from './show.ts';
import * as text from './text.ts';

/** The list of the statistics office: a preview first, then its figures, taken over line by line. */
export function ListImport() {
  const t = useText(text);
  const l = t.list;
  const api = useClient(enrolment);
  const { today } = useSession();
  const [file, setFile] = useState<{ id: string; name: string } | null>(null);
  const [period, setPeriod] = useState(lastMonth(today));
  const [unit, setUnit] = useState<MoneyUnit | null>(null);
  const preview = useQuery({
    queryKey: ['enrolment', 'list', file?.id, period, unit],
    queryFn: ({ signal }) => api.readList({ fileId: file!.id, period, ...(unit && { unit }) }, { signal }),
    enabled: file !== null,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead
        title={l.title}
        crumbs={<Link to="/enrolment/gaps">{t.title}</Link>}
        {...(file && { note: file.name, actions: <Button onClick={() => setFile(null)}>{l.another}</Button> })}
      />
      <div className="page-body en-import">
        <p className="muted">{l.hint}</p>
        <div className="en-columns">
          <Field label={l.period}>{(id) => <MonthSelect id={id} value={period} onChange={setPeriod} />}</Field>
          {file && preview.data && (
            <Field label={preview.data.unit === null && unit === null ? l.unitAsk : l.unit}>
              {(id) => (
                <Select
                  id={id}
                  value={unit ?? preview.data.unit}
                  options={moneyUnits.map((value) => ({ value, label: value }))}
                  onChange={setUnit}
                />
              )}
            </Field>
          )}
        </div>
        {!file && (
          <FileDrop
            accept=".xlsx,.xls,.csv"
            hint={l.drop}
            onFile={(uploaded) => setFile({ id: uploaded.id, name: uploaded.name })}
          />
        )}
        {preview.error && <ProblemView error={preview.error} compact />}
        {file && preview.data && (
          <Preview key={file.id} preview={preview.data} fileId={file.id} period={period} unit={unit} />
        )}
        <p className="en-notice">{t.notice}</p>
      </div>
    </>
  );
}

function Preview({
  preview,
  fileId,
  period,
  unit,
}: {
  preview: ListPreview;
  fileId: string;
  period: string;
  unit: MoneyUnit | null;
}) {
  const t = useText(text);
  const l = t.list;
  const words = useWords();
  const api = useClient(enrolment);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { today } = useSession();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [document, setDocument] = useState('');
  const [issuedOn, setIssuedOn] = useState('');
  const [enrols, setEnrols] = useState(false);
  const lines = preview.lines.filter((line) => line.match && line.yuan !== null);
  const chosen = lines.filter((line) => !left.has(line.row));
  const fresh = chosen.filter((line) => !line.match!.enrolled).length;
  const accept = useMutation({
    mutationFn: () =>
      api.acceptList({
        fileId,
        period,
        ...(unit && { unit }),
        document: document.trim(),
        issuedOn,
        lines: chosen.map((line) => ({ row: line.row, projectId: line.match!.projectId })),
        enrolMissing: enrols && fresh > 0,
      }),
    onSuccess: ({ written, unchanged, enrolled }) => {
      void message.success(l.done(written, unchanged, enrolled));
      void cache.invalidateQueries({ queryKey: keys.all });
      void cache.invalidateQueries({ queryKey: ['projects'] });
      void navigate(`/enrolment/gaps?period=${period}`);
    },
  });
  return (
    <>
      <p className="muted en-small">{l.column(preview.amountHeading)}</p>
      <ScrollX label={l.title}>
        <table className="plain en-list">
          <thead>
            <tr>
              <th />
              <th className="num">{l.row}</th>
              <th>{l.name}</th>
              <th>{l.match}</th>
              <th className="num">
                {l.before} <small>{t.wan}</small>
              </th>
              <th className="num">
                {l.yuan} <small>{t.wan}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {preview.lines.map((line) => (
              <tr key={line.row}>
                <td>
                  {line.match && line.yuan !== null && (
                    <Checkbox
                      aria-label={line.name}
                      checked={!left.has(line.row)}
                      onChange={(event) =>
                        setLeft((now) => {
                          const next = new Set(now);
                          if (event.target.checked) next.delete(line.row);
                          else next.add(line.row);
                          return next;
                        })
                      }
                    />
                  )}
                </td>
                <td className="num">{line.row}</td>
                <td>
                  {line.name}
                  {line.code && <small className="muted"> {line.code}</small>}
                </td>
                <td>
                  {line.match ? (
                    <>
                      {line.match.name} <small className="muted">{l.by[line.match.by]}</small>
                      {!line.match.enrolled && <span className="tag">{l.notEnrolled}</span>}
                    </>
                  ) : (
                    <span className="warn">{l.unmatched}</span>
                  )}
                </td>
                <td className="num">{wanExact(line.match?.beforeYuan ?? null)}</td>
                <td className="num">
                  {line.issue ? <span className="late">{words(line.issue)}</span> : wanExact(line.yuan)}
                  {line.match && line.yuan !== null && line.match.beforeYuan === line.yuan && (
                    <small className="muted"> {l.same}</small>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      <div className="en-columns">
        <Field label={l.document}>
          {(id) => (
            <Input id={id} value={document} maxLength={200} onChange={(event) => setDocument(event.target.value)} />
          )}
        </Field>
        <Field label={l.issuedOn}>
          {(id) => (
            <Input
              id={id}
              type="date"
              max={today}
              value={issuedOn}
              onChange={(event) => setIssuedOn(event.target.value)}
            />
          )}
        </Field>
      </div>
      {fresh > 0 && (
        <Checkbox checked={enrols} onChange={(event) => setEnrols(event.target.checked)}>
          {l.enrolMissing(fresh)}
        </Checkbox>
      )}
      {accept.error && <ProblemView error={accept.error} compact />}
      <div>
        <Button
          type="primary"
          disabled={chosen.length === 0 || document.trim() === '' || issuedOn === ''}
          loading={accept.isPending}
          onClick={() => accept.mutate()}
        >
          {l.accept(chosen.length)}
        </Button>
      </div>
    </>
  );
}
