import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { permits, type Template } from '../contract.ts';
import { laneWords } from '../templates.ts';
import { keys } from './keys.ts';
import { PermitHead } from './PermitHead.tsx';
import { TemplateEditor } from './TemplateEditor.tsx';
import * as text from './text.ts';

/** `/permits/templates`: the steps of each kind of project with limit and ground; the office changes them for the city. */
export function TemplatesPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(permits);
  const [params, setParams] = useSearchParams();
  const [isEditing, setEditing] = useState(false);
  const found = useQuery({ queryKey: keys.templates, queryFn: ({ signal }) => api.templates({}, { signal }) });
  const templates = found.data?.templates ?? [];
  const template = templates.find((one) => one.code === params.get('code')) ?? templates[0];
  return (
    <>
      <PermitHead note={t.templatesNote} />
      <div className="page-body permit-city">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        <div className="permit-kinds">
          {templates.map((one) => (
            <button
              key={one.code}
              type="button"
              className={one === template ? 'chip on' : 'chip'}
              aria-pressed={one === template}
              onClick={() => setParams({ code: one.code }, { replace: true })}
            >
              {words(one.name)}
            </button>
          ))}
        </div>
        {template && (
          <section className="card">
            <h2>
              {words(template.name)} <small>{t.version(template.version)}</small>
              {template.at && (
                <small>
                  {template.actorName} {moment(template.at)} {template.reason}
                </small>
              )}
              {found.data?.allowed.includes('configure') && (
                <Button className="to" size="small" onClick={() => setEditing(true)}>
                  {t.edit}
                </Button>
              )}
            </h2>
            {template.steps.some((step) => step.isReference) && <p className="muted">{t.shipped}</p>}
            <StepTable template={template} />
          </section>
        )}
        {isEditing && template && (
          <TemplateEditor key={template.code} template={template} onClose={() => setEditing(false)} />
        )}
      </div>
    </>
  );
}

function StepTable({ template }: { template: Template }) {
  const t = useText(text);
  const words = useWords();
  const nameOf = (code: string) => {
    const step = template.steps.find((one) => one.code === code);
    return step ? words(step.name) : code;
  };
  return (
    <ScrollX label={words(template.name)}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t.templateHeads.step}</th>
            <th>{t.templateHeads.lane}</th>
            <th>{t.templateHeads.owner}</th>
            <th className="num">{t.templateHeads.limit}</th>
            <th>{t.templateHeads.after}</th>
            <th>{t.templateHeads.basis}</th>
          </tr>
        </thead>
        <tbody>
          {template.steps.map((step) => (
            <tr key={step.code}>
              <th scope="row" className="nowrap">
                {words(step.name)}
              </th>
              <td className="nowrap">{words(laneWords[step.lane])}</td>
              <td className="nowrap">{step.owner}</td>
              <td className="num nowrap">
                {step.limitDays === null ? t.noLimit : t.days(step.limitDays, step.limitUnit)}{' '}
                {step.isReference && (
                  <span className="tag" title={t.referenceTip}>
                    {t.reference}
                  </span>
                )}
              </td>
              <td>{step.after.map(nameOf).join(t.listSign) || t.nothing}</td>
              <td className="permit-basis">{step.basis}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}
