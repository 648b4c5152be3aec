import { App } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { decomposition, type ReadBack } from '../contract.ts';
import * as text from './text.ts';
import { useRowCommand } from './use-decomposition.ts';

/** The edited Excel: first what it would change, then, when the person agrees, the change. */
export function ReadBackDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const { message } = App.useApp();
  const call = useClient(decomposition);
  const [fileId, setFileId] = useState<string | null>(null);
  const [preview, setPreview] = useState<ReadBack | null>(null);
  const read = useRowCommand(
    id,
    (input: { fileId: string; apply: boolean }) => call.readBack({ id, ...input }),
    (result) => {
      setPreview(result);
      if (!result.applied) return;
      void message.success(t.back.applied);
      onClose();
    },
  );
  const hasChanges = preview !== null && preview.changed.length + preview.added.length > 0;
  return (
    <FormDrawer
      title={t.back.title}
      help={t.back.help}
      error={read.error}
      fields={[]}
      isPending={read.isPending}
      isReady={hasChanges}
      saveWords={t.back.apply}
      onSave={() => fileId && read.mutate({ fileId, apply: true })}
      onClose={onClose}
    >
      <FileDrop
        accept=".xlsx"
        maxBytes={20 * 2 ** 20}
        hint={t.back.drop}
        onFile={(file) => {
          setFileId(file.id);
          read.mutate({ fileId: file.id, apply: false });
        }}
      />
      {preview && (
        <div className="dc-back">
          <p>
            <b>{t.back.changed(preview.changed.length)}</b>　{t.back.unchanged(preview.unchanged)}　
            {t.back.added(preview.added.length)}
            {!hasChanges && `　${t.back.nothing}`}
          </p>
          <ul>
            {preview.changed.map((row) => (
              <li key={row.rowId}>
                {row.n}. {row.title}{' '}
                <small className="muted">{row.fields.map((field) => t.back.fields[field] ?? field).join('、')}</small>
              </li>
            ))}
            {preview.added.map((row) => (
              <li key={row.title}>+ {row.title}</li>
            ))}
          </ul>
          {preview.conflicts.length > 0 && (
            <>
              <p className="dc-lack">{t.back.conflicts(preview.conflicts.length)}</p>
              <ul>
                {preview.conflicts.map((row) => (
                  <li key={`${row.rowId}${row.title}`}>
                    {row.n !== null && `${row.n}. `}
                    {row.title} <small className="dc-lack">{words(row.reason)}</small>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </FormDrawer>
  );
}
