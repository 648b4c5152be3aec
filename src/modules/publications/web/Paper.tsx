import { Button } from 'antd';
import { Fragment } from 'react';
import { useText } from '#core/web/text.ts';
import { chineseNumber } from '../document.ts';
import { type Block, type Content, type Run, typedNumbers } from '../draft.ts';
import type { Publication } from '../shapes.ts';
import {
  addParagraph,
  addSentence,
  moveBlock,
  moveSentence,
  removeBlock,
  removeSentence,
  setRuns,
} from './edit-content.ts';
import { type Chosen, EditSentence, ReadSentence } from './Sentence.tsx';
import * as text from './text.ts';

interface PaperProps {
  publication: Publication;
  content: Content;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  /** Left out: to be read, not edited. */
  onEdit?: ((change: (now: Content) => Content) => void) | undefined;
}

const newId = (): string => `p${crypto.randomUUID().slice(0, 13)}`;

/** The bulletin as the document will look: red head, title, numbered sections, signature. */
export function Paper({ publication, content, chosen, onChoose, onEdit }: PaperProps) {
  const t = useText(text).editor;
  const { answers } = publication;
  const at = { section: 0, part: 0, table: 0 };
  const numbers = content.blocks.map((block) => {
    if (block.kind === 'table') return `${++at.table}`;
    if (block.kind !== 'heading') return '';
    at.section += block.level === 1 ? 1 : 0;
    at.part = block.level === 1 ? 0 : at.part + 1;
    return block.level === 1 ? `${chineseNumber(at.section)}、` : `（${chineseNumber(at.part)}）`;
  });
  const words = (blockId: string, sentenceId: string, runs: readonly Run[], label: string) => (
    <Words
      key={sentenceId}
      {...{ blockId, sentenceId, runs, label, answers, chosen, onChoose }}
      onChange={onEdit && ((next) => onEdit((now) => setRuns(now, blockId, sentenceId, next)))}
    />
  );
  const inside = (block: Block & { kind: 'heading' | 'paragraph' | 'list' }) =>
    block.sentences.map((sentence, i) => {
      const said = words(block.id, sentence.id, sentence.runs, t.sentence(i + 1));
      return block.kind === 'list' ? (
        <p key={sentence.id}>
          （{chineseNumber(i + 1)}）{said}
        </p>
      ) : (
        <Fragment key={sentence.id}>{said}</Fragment>
      );
    });
  return (
    <article className="pub-paper" lang="zh-CN">
      <p className="pub-issuer">{publication.issuer}</p>
      <p className="pub-number">{publication.number ?? '　'}</p>
      <h2 className="pub-title">{words('title', 'title', content.title, t.titleLabel)}</h2>
      {publication.issue > 1 && <p className="pub-subtitle">（第{chineseNumber(publication.issue)}版　更正）</p>}
      {content.recipients.length > 0 && <p className="pub-to">{content.recipients.join('，')}：</p>}
      {content.blocks.map((block, i) => {
        const isChosen = chosen?.blockId === block.id;
        return (
          <div key={block.id} className={isChosen ? 'pub-block is-chosen' : 'pub-block'} id={`pub-${block.id}`}>
            {block.kind === 'table' ? (
              <p className="pub-table-mark">
                {t.table}
                {numbers[i]}　{block.caption || t.tables[block.table]}
                <small>{t.tableNote}</small>
              </p>
            ) : block.kind === 'heading' ? (
              <h3 className={block.level === 1 ? 'pub-h1' : 'pub-h2'}>
                {numbers[i]}
                {inside(block)}
              </h3>
            ) : block.kind === 'list' ? (
              <div className="pub-list">{inside(block)}</div>
            ) : (
              <p>{inside(block)}</p>
            )}
            {onEdit && isChosen && <BlockTools block={block} chosen={chosen} onEdit={onEdit} />}
          </div>
        );
      })}
      {content.annexes.length > 0 && (
        <div className="pub-annexes">
          {content.annexes.map((code, i) => (
            <p key={code}>{t.attachmentOf(i + 1, t.tables[code])}</p>
          ))}
        </div>
      )}
      <p className="pub-sign">{publication.issuer}</p>
    </article>
  );
}

function Words({
  blockId,
  sentenceId,
  runs,
  label,
  answers,
  chosen,
  onChoose,
  onChange,
}: {
  blockId: string;
  sentenceId: string;
  runs: readonly Run[];
  label: string;
  answers: Publication['answers'];
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
  onChange: ((runs: Run[]) => void) | undefined;
}) {
  const t = useText(text).editor;
  const isHere = chosen?.sentenceId === sentenceId && chosen.blockId === blockId;
  const run = isHere ? (chosen?.run ?? null) : null;
  const onPick = (reference: Chosen['reference'], place: number) =>
    onChoose({ blockId, sentenceId, run: place, reference });
  if (!onChange) return <ReadSentence runs={runs} answers={answers} onPick={onPick} isPicked={(i) => run === i} />;
  const hasTyped = typedNumbers(runs).length > 0;
  return (
    <>
      <EditSentence
        {...{ runs, answers, label, onChange, onPick }}
        onFocus={() => !isHere && onChoose({ blockId, sentenceId, run: null, reference: null })}
        chosenRun={run}
      />
      {hasTyped && <span className="pub-typed">▲ {t.typed}</span>}
    </>
  );
}

/** What can be done with the chosen part and the chosen sentence in it. */
function BlockTools({
  block,
  chosen,
  onEdit,
}: {
  block: Block;
  chosen: Chosen | null;
  onEdit: (change: (now: Content) => Content) => void;
}) {
  const t = useText(text).editor;
  const sentence = block.kind === 'table' ? undefined : block.sentences.find(({ id }) => id === chosen?.sentenceId);
  return (
    <div className="pub-tools" lang="">
      {sentence && <span className="muted">{sentence.from === null ? t.byPerson : t.fromRule}</span>}
      {sentence && block.kind !== 'heading' && (
        <>
          <Button size="small" onClick={() => onEdit((now) => moveSentence(now, block.id, sentence.id, -1))}>
            {t.earlier}
          </Button>
          <Button size="small" onClick={() => onEdit((now) => moveSentence(now, block.id, sentence.id, 1))}>
            {t.later}
          </Button>
          <Button size="small" onClick={() => onEdit((now) => removeSentence(now, block.id, sentence.id))}>
            {t.remove}
          </Button>
        </>
      )}
      {block.kind !== 'table' && block.kind !== 'heading' && (
        <Button size="small" onClick={() => onEdit((now) => addSentence(now, block.id, newId))}>
          {t.addSentence}
        </Button>
      )}
      <Button size="small" onClick={() => onEdit((now) => addParagraph(now, block.id, newId))}>
        {t.addParagraph}
      </Button>
      <Button size="small" onClick={() => onEdit((now) => moveBlock(now, block.id, -1))}>
        {t.up}
      </Button>
      <Button size="small" onClick={() => onEdit((now) => moveBlock(now, block.id, 1))}>
        {t.down}
      </Button>
      <Button size="small" onClick={() => onEdit((now) => removeBlock(now, block.id))}>
        {t.removeBlock}
      </Button>
    </div>
  );
}
