import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { publications } from '../contract.ts';
import type { TemplateRow } from '../shapes.ts';
import type { BlockRule } from '../template.ts';
import './publications.css';
import { TemplateForm } from './TemplateForm.tsx';
import * as text from './text.ts';

/** `/publications/templates`: every template sentence by sentence, with its conditions, and who changed it. */
export function TemplatesPage() {
  const all = useText(text);
  const t = all.templatePage;
  const words = useWords();
  const api = useClient(publications);
  const [code, setCode] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ['publications', 'templates'],
    queryFn: ({ signal }) => api.templates({}, { signal }),
  });
  const data = found.data;
  const editing = data?.rows.find((row) => row.code === code);
  return (
    <>
      <PageHead title={t.title} note={t.note} crumbs={<Link to="/publications">{all.editor.back}</Link>} />
      <div className="page-body pub-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {data?.rows.map((row) => (
          <section key={row.code} className="card pub-template">
            <h2>
              {words(row.template.name)}{' '}
              <small className="muted">{row.version === 0 ? t.shipped : t.version(row.version)}</small>
              {data.allowed.includes('configure') && (
                <Button size="small" onClick={() => setCode(row.code)}>
                  {t.edit}
                </Button>
              )}
            </h2>
            <details>
              <summary lang="zh-CN">{row.template.title.replaceAll('\n', '')}</summary>
              <Rules row={row} />
            </details>
            {row.versions.length > 0 && (
              <ul>
                {row.versions.map((version) => (
                  <li key={version.version}>
                    {t.version(version.version)}　{version.reason}{' '}
                    <small className="muted">
                      {version.byName} {moment(version.at)}
                    </small>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
      {editing && data && <TemplateForm row={editing} names={data.names} onClose={() => setCode(null)} />}
    </>
  );
}

function Rules({ row }: { row: TemplateRow }) {
  return (
    <div className="pub-rules" lang="zh-CN">
      {row.template.blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two parts of a template may have one code
        <Rule key={i} block={block} />
      ))}
    </div>
  );
}

function Rule({ block }: { block: BlockRule }) {
  const all = useText(text);
  const t = all.templatePage;
  if (block.kind === 'heading') return <p className="pub-h1">{block.text}</p>;
  if (block.kind === 'table')
    return <p className="muted">{t.table(block.caption || all.editor.tables[block.table])}</p>;
  return (
    <ul>
      {block.sentences.map((rule) => (
        <li key={rule.code}>
          {rule.options.map((option) => (
            <p key={option.text}>
              {rule.before}
              {option.text}
              {rule.after}
              {option.when && <span className="tag">{t.conditional}</span>}
              {rule.each && <span className="tag">{t.each}</span>}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
