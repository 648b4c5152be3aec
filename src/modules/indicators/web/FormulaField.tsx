import type { GetRef, Input } from 'antd';
import { Button } from 'antd';
import { useRef } from 'react';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { KnownMeasure } from '../book.ts';
import type { Definition } from '../definition.ts';
import { maxLength, type Span, spokenNames } from '../formula.ts';
import type { DraftReading } from './draft.ts';
import * as text from './text.ts';

type Measure = KnownMeasure & { note: { zh: string; en: string } | null };

/** The formula in fixed-width letters, what is wrong with it and where, and beside it every name that may stand in it. */
export function FormulaField({
  value,
  reading,
  measures,
  others,
  onChange,
}: {
  value: string;
  reading: DraftReading;
  measures: readonly Measure[];
  others: readonly Definition[];
  onChange: (formula: string) => void;
}) {
  const t = useText(text).form;
  const box = useRef<GetRef<typeof Input.TextArea>>(null);
  const area = () => box.current?.resizableTextArea?.textArea;
  const select = ({ from, to }: Span) => {
    area()?.focus();
    area()?.setSelectionRange(from, to);
  };
  /** In place of what is selected; of a function the cursor lands between its brackets. */
  const insert = (words: string, back = 0) => {
    const from = area()?.selectionStart ?? value.length;
    const to = area()?.selectionEnd ?? value.length;
    onChange(value.slice(0, from) + words + value.slice(to));
    const cursor = from + words.length - back;
    requestAnimationFrame(() => select({ from: cursor, to: cursor }));
  };
  return (
    <div className="formula-field">
      <div>
        <FormField label={t.formula}>
          {(id) => (
            <TextBox
              id={id}
              ref={box}
              className="formula"
              minRows={5}
              maxRows={14}
              value={value}
              maxLength={maxLength}
              spellCheck={false}
              aria-describedby={`${id}-reading`}
              {...(reading.state === 'faulty' && reading.fault.field === 'formula' && { status: 'error' as const })}
              onChange={(e) => onChange(e.target.value)}
            />
          )}
        </FormField>
        <Reading value={value} reading={reading} onSelect={select} />
      </div>
      <Names measures={measures} others={others} onInsert={insert} />
    </div>
  );
}

function Reading({
  value,
  reading,
  onSelect,
}: {
  value: string;
  reading: DraftReading;
  onSelect: (span: Span) => void;
}) {
  const t = useText(text).form;
  const words = useWords();
  if (reading.state === 'empty') return <p className="field-hint">{t.empty}</p>;
  if (reading.state === 'good')
    return (
      <p className="formula-good" role="status">
        {t.good(t.dimensions[reading.dimension])}
      </p>
    );
  const { fault, isOwn } = reading;
  if (!isOwn)
    return (
      <p className="field-error" role="alert">
        {t.otherFault}：{words(fault.words)}
      </p>
    );
  if (fault.field !== 'formula') return null;
  const { from, to } = fault.span;
  return (
    <div className="formula-fault" role="alert">
      <p className="field-error">{words(fault.plain)}</p>
      <p>
        <span className="soft">{t.faultAt}</span>
        <code className="formula">
          {value.slice(0, from)}
          {/* What is missing at the end has no letters of its own to mark. */}
          <mark>{value.slice(from, to) || '▁'}</mark>
          {value.slice(to)}
        </code>
      </p>
      <Button size="small" onClick={() => onSelect(fault.span)}>
        {t.select}
      </Button>
    </div>
  );
}

/** Functions in the language of the page; the names of indicators and fields likewise, by their codes in English. */
function Names({
  measures,
  others,
  onInsert,
}: {
  measures: readonly Measure[];
  others: readonly Definition[];
  onInsert: (words: string, back?: number) => void;
}) {
  const t = useText(text).form;
  const words = useWords();
  const language = useLanguage();
  const zh = language === 'zh';
  const kinds = (['yuan', 'condition', 'count'] as const).map((kind) => ({
    kind,
    names: measures
      .filter((m) => m.dimension === kind)
      .map((m) => ({
        name: zh ? m.words.zh : m.code,
        label: words(m.words),
        note: m.note ? words(m.note) : words(m.words),
      })),
  }));
  const noteOf: Record<string, string> = t.functionNotes;
  const functions = Object.keys(noteOf).map((spoken) => [spoken, spokenNames[spoken]] as const);
  return (
    <section className="formula-names" aria-label={t.insert}>
      <fieldset>
        <legend>{t.kinds.functions}</legend>
        {functions.map(([spoken, name]) => (
          <button
            key={spoken}
            type="button"
            className="chip"
            title={noteOf[spoken]}
            onClick={() => onInsert(`${zh ? spoken : name}()`, 1)}
          >
            {zh ? spoken : name}
          </button>
        ))}
      </fieldset>
      {kinds.map(({ kind, names }) => (
        <fieldset key={kind}>
          <legend>
            {t.kinds[kind]} <small>{t.kindNotes[kind]}</small>
          </legend>
          {names.map(({ name, label, note }) => (
            <button key={name} type="button" className="chip" title={note} onClick={() => onInsert(name)}>
              {label}
            </button>
          ))}
        </fieldset>
      ))}
      <fieldset>
        <legend>
          {t.kinds.indicators} <small>{t.kindNotes.indicators}</small>
        </legend>
        {others.map((d) => (
          <button
            key={d.code}
            type="button"
            className="chip"
            title={d.formula}
            onClick={() => onInsert(zh ? d.name.zh : d.code)}
          >
            {zh ? d.name.zh : d.name.en || d.code}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
