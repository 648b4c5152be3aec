import { Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import type { DocumentKind } from '../gates.ts';
import type { NewDocument } from '../shapes.ts';
import * as text from './text.ts';

/** What the form holds: a number for each kind, and the files that were brought. */
export interface Papers {
  numbers: Readonly<Record<string, string>>;
  files: readonly { kind: string; fileId: string; name: string }[];
}
export const noPapers: Papers = { numbers: {}, files: [] };

/** As the server takes them. A number and a file of one kind are one document. */
export function documentsOf(papers: Papers): NewDocument[] {
  const numbered = Object.entries(papers.numbers).flatMap(([kind, entry]): NewDocument[] => {
    const number = entry.trim();
    if (number === '') return [];
    const file = papers.files.find((f) => f.kind === kind);
    return [{ kind, number, ...(file && { fileId: file.fileId }) }];
  });
  const rest = papers.files.filter((file) => !numbered.some((d) => d.fileId === file.fileId && d.kind === file.kind));
  return [...numbered, ...rest.map(({ kind, fileId }) => ({ kind, fileId }))];
}

/** A line for each kind of document, the compulsory ones marked, and one place to bring files. */
export function DocumentFields({
  asks,
  papers,
  fault,
  onChange,
}: {
  asks: readonly DocumentKind[];
  papers: Papers;
  fault?: string | undefined;
  onChange: (next: (now: Papers) => Papers) => void;
}) {
  const t = useText(text).gate;
  const words = useWords();
  const first = asks.find((kind) => kind.isCompulsory) ?? asks[0];
  const [kind, setKind] = useState(first?.code ?? '');
  const [number, setNumber] = useState(0);
  if (!first) return null;
  const nameOf = (code: string) => {
    const found = asks.find((one) => one.code === code);
    return found ? words(found.words) : code;
  };
  return (
    <fieldset className="life-papers">
      <legend>{t.documents}</legend>
      {asks.map((one) => (
        <NumberLine
          key={one.code}
          kind={one}
          value={papers.numbers[one.code] ?? ''}
          onChange={(value) => onChange((now) => ({ ...now, numbers: { ...now.numbers, [one.code]: value } }))}
        />
      ))}
      {papers.files.map((file) => (
        <p key={`${file.kind} ${file.fileId}`} className="life-file">
          <b>{nameOf(file.kind)}</b> {file.name}
          <button
            type="button"
            className="link"
            onClick={() => onChange((now) => ({ ...now, files: now.files.filter((f) => f !== file) }))}
          >
            {t.remove}
          </button>
        </p>
      ))}
      {asks.length > 1 && (
        <Field label={t.intoKind}>
          {(id) => (
            <Select
              id={id}
              value={kind}
              options={asks.map((one) => ({ value: one.code, label: words(one.words) }))}
              onChange={setKind}
            />
          )}
        </Field>
      )}
      <FileDrop
        key={number}
        hint={t.drop}
        accept=".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.xls,.zip,.txt"
        onFile={(file) => {
          onChange((now) => ({ ...now, files: [...now.files, { kind, fileId: file.id, name: file.name }] }));
          // The next file most likely proves what is still owed.
          const owed = asks.find(
            (one) => one.isCompulsory && one.code !== kind && !papers.files.some((f) => f.kind === one.code),
          );
          if (owed) setKind(owed.code);
          setNumber((n) => n + 1);
        }}
      />
      {fault && (
        <span className="field-error" role="alert">
          {fault}
        </span>
      )}
    </fieldset>
  );
}

function NumberLine({
  kind,
  value,
  onChange,
}: {
  kind: DocumentKind;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useText(text).gate;
  const words = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {words(kind.words)} {kind.isCompulsory && <em className="tag key">{t.must}</em>}
      </label>
      <Input
        id={id}
        value={value}
        maxLength={120}
        placeholder={t.number}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
