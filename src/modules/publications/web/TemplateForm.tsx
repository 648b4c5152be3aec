import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Words } from '#core/shared/words.ts';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { publications } from '../contract.ts';
import type { TemplateRow } from '../shapes.ts';
import type { BlockRule, Template } from '../template.ts';
import * as text from './text.ts';

const lines = (value: string): string[] =>
  value
    .split(/[，、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Words of a template; its conditions and references stay as they are. */
export function TemplateForm({
  row,
  names,
  onClose,
}: {
  row: TemplateRow;
  names: { code: string; words: Words }[];
  onClose: () => void;
}) {
  const all = useText(text);
  const t = all.templatePage;
  const words = useWords();
  const api = useClient(publications);
  const cache = useQueryClient();
  const [template, setTemplate] = useState<Template>(row.template);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.saveTemplate({ basedOn: row.version, template, reason }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['publications', 'templates'] });
      onClose();
    },
  });
  const setBlock = (i: number, block: BlockRule | null) =>
    setTemplate((now) => ({
      ...now,
      blocks: now.blocks.flatMap((one, at) => (at === i ? (block ? [block] : []) : [one])),
    }));
  const move = (i: number, by: 1 | -1) =>
    setTemplate((now) => {
      const blocks = [...now.blocks];
      const to = i + by;
      if (to < 0 || to >= blocks.length) return now;
      [blocks[i], blocks[to]] = [blocks[to]!, blocks[i]!];
      return { ...now, blocks };
    });
  return (
    <FormDrawer
      title={t.editTitle(words(row.template.name))}
      error={save.error}
      fields={['reason']}
      isPending={save.isPending}
      isReady={reason.trim().length >= 4}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      <p className="soft">{t.hint}</p>
      <FormField label={t.titleLine}>
        {(id) => (
          <TextBox
            id={id}
            value={template.title}
            onChange={({ target }) => setTemplate({ ...template, title: target.value })}
          />
        )}
      </FormField>
      <FormField label={all.editor.recipients}>
        {(id) => (
          <Input
            id={id}
            defaultValue={template.recipients.join('，')}
            onBlur={({ target }) => setTemplate({ ...template, recipients: lines(target.value) })}
          />
        )}
      </FormField>
      <FormField label={all.editor.copyTo}>
        {(id) => (
          <Input
            id={id}
            defaultValue={template.copyTo.join('，')}
            onBlur={({ target }) => setTemplate({ ...template, copyTo: lines(target.value) })}
          />
        )}
      </FormField>
      {template.blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two parts of a template may have one code
        <fieldset key={i} className="pub-rule">
          <legend>{all.editor.block(i + 1)}</legend>
          <BlockFields block={block} onChange={(next) => setBlock(i, next)} />
          <div className="pub-tools">
            <Button size="small" onClick={() => move(i, -1)}>
              {all.editor.up}
            </Button>
            <Button size="small" onClick={() => move(i, 1)}>
              {all.editor.down}
            </Button>
            <Button size="small" onClick={() => setBlock(i, null)}>
              {t.removeBlock}
            </Button>
          </div>
        </fieldset>
      ))}
      <FormField label={t.reason} fault={fieldSentence(save.error, 'reason')}>
        {(id) => <Input id={id} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </FormField>
      <details>
        <summary>{t.names}</summary>
        <ul className="pub-names">
          {names.map((one) => (
            <li key={one.code}>
              <code>{`{${one.code}}`}</code> {words(one.words)}
            </li>
          ))}
        </ul>
      </details>
    </FormDrawer>
  );
}

function BlockFields({ block, onChange }: { block: BlockRule; onChange: (block: BlockRule) => void }) {
  const all = useText(text);
  const t = all.templatePage;
  if (block.kind === 'table')
    return <p className="muted">{t.table(block.caption || all.editor.tables[block.table])}</p>;
  if (block.kind === 'heading')
    return (
      <Input
        aria-label={t.heading}
        value={block.text}
        onChange={({ target }) => onChange({ ...block, text: target.value })}
      />
    );
  return block.sentences.flatMap((rule, r) =>
    rule.options.map((option, o) => (
      <TextBox
        // biome-ignore lint/suspicious/noArrayIndexKey: an option has no identity but its place
        key={`${rule.code}.${o}`}
        aria-label={`${all.editor.sentence(r + 1)} ${o + 1}`}
        value={option.text}
        onChange={({ target }) =>
          onChange({
            ...block,
            sentences: block.sentences.map((one, at) =>
              at === r
                ? {
                    ...one,
                    options: one.options.map((each, place) => (place === o ? { ...each, text: target.value } : each)),
                  }
                : one,
            ),
          })
        }
      />
    )),
  );
}
