import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Slot } from '#core/web/Slot.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { Post, Unit, UnitAction } from '../shapes.ts';
import { unitKindWords } from '../unit-kind.ts';
import { ChangeList } from './ChangeList.tsx';
import { PersonForm } from './PersonForm.tsx';
import { EndPostForm, PostForm } from './PostForm.tsx';
import { PostTable } from './PostTable.tsx';
import { useUnit, useUnitHistory } from './queries.ts';
import * as text from './text.ts';
import { UnitActForm } from './UnitActForm.tsx';
import { UnitFacts } from './UnitFacts.tsx';
import { UnitForm } from './UnitForm.tsx';

type OpenForm = UnitAction | 'newPerson' | { change: Post } | { end: Post } | null;

/** One unit: facts, what stands below, who holds its posts, what happened to it. Buttons come from `allowed` alone. */
export function UnitPage({ id, asOf }: { id: string; asOf: string | undefined }) {
  const unit = useUnit(id, asOf);
  if (unit.isPending) return null;
  if (unit.isError) return <ProblemView error={unit.error} onRetry={() => void unit.refetch()} />;
  return <Loaded unit={unit.data} asOf={asOf} />;
}

function Loaded({ unit, asOf }: { unit: Unit; asOf: string | undefined }) {
  const t = useText(text);
  const words = useWords();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [form, setForm] = useState<OpenForm>(null);
  const close = () => setForm(null);
  const may = (action: UnitAction) => unit.allowed.includes(action);
  const to = (id: string) => ({ pathname: `/organization/units/${id}`, search: params.toString() });
  useShortcut('E', t.act.change, () => setForm('change'), may('change'));
  useShortcut('N', t.act.addChild, () => setForm('addChild'), may('addChild'));

  const more = (['move', 'merge', 'retire', 'restore'] as const)
    .filter(may)
    .map((action) => ({ key: action, label: t.act[action], danger: action === 'retire' || action === 'merge' }));
  return (
    <article className="unit-page" aria-labelledby="unit-name">
      <header className="unit-head">
        <nav className="crumbs" aria-label={t.unit.path}>
          {unit.path.map((above, index) => (
            <span key={above.id}>
              {index > 0 && ' / '}
              <Link to={to(above.id)}>{above.shortName ?? above.name}</Link>
            </span>
          ))}
        </nav>
        <div className="title">
          <h2 id="unit-name">{unit.name}</h2>
          <span className="tag">{words(unitKindWords[unit.kind])}</span>
          {unit.state !== 'valid' && <span className="tag key">{t.state[unit.state]}</span>}
          <div className="right">
            {may('addChild') && <Button onClick={() => setForm('addChild')}>{t.act.addChild}</Button>}
            {more.length > 0 && (
              <Dropdown trigger={['click']} menu={{ items: more, onClick: ({ key }) => setForm(key as UnitAction) }}>
                <Button>{t.act.more} ▾</Button>
              </Dropdown>
            )}
            {may('change') && (
              <Button type="primary" onClick={() => setForm('change')}>
                {t.act.change}
              </Button>
            )}
          </div>
        </div>
      </header>
      <UnitFacts unit={unit} to={to} />
      <section>
        <h3 className="h2">
          {t.post.section}
          <small>{unit.counts.people}</small>
          {may('addPost') && (
            <span className="to section-acts">
              <Button size="small" onClick={() => setForm('addPost')}>
                {t.act.addPost}
              </Button>
              <Button size="small" onClick={() => setForm('newPerson')}>
                {t.act.newPerson}
              </Button>
            </span>
          )}
        </h3>
        <PostTable
          posts={unit.posts}
          columnOf="person"
          onChange={(change) => setForm({ change })}
          onEnd={(end) => setForm({ end })}
        />
      </section>
      <section>
        <h3 className="h2">
          {t.unit.children}
          <small>{unit.counts.children}</small>
        </h3>
        <Children unit={unit} to={to} />
      </section>
      <Slot name="organization.unit.main" props={{ unitId: unit.id }} />
      <section>
        <h3 className="h2">{t.unit.history}</h3>
        <History id={unit.id} />
      </section>

      {form === 'change' && <UnitForm unit={unit} onClose={close} />}
      {form === 'addChild' && (
        <UnitForm parent={unit} onClose={close} onCreated={(id) => void navigate(`/organization/units/${id}`)} />
      )}
      {(form === 'move' || form === 'merge' || form === 'retire' || form === 'restore') && (
        <UnitActForm act={form} unit={unit} onClose={close} />
      )}
      {form === 'addPost' && <PostForm unit={unit} onClose={close} />}
      {form === 'newPerson' && <PersonForm unitId={unit.id} onClose={close} />}
      {form !== null && typeof form === 'object' && 'change' in form && <PostForm post={form.change} onClose={close} />}
      {form !== null && typeof form === 'object' && 'end' in form && <EndPostForm post={form.end} onClose={close} />}
      {asOf !== undefined && <span className="only-aloud">{t.tree.past(asOf)}</span>}
    </article>
  );
}

function Children({ unit, to }: { unit: Unit; to: (id: string) => { pathname: string; search: string } }) {
  const t = useText(text);
  const words = useWords();
  const [showEnded, setShowEnded] = useState(false);
  const current = unit.children.filter((child) => child.state !== 'ended');
  const ended = unit.children.length - current.length;
  const shown = showEnded ? unit.children : current;
  return (
    <>
      {shown.length === 0 ? (
        <p className="muted">{t.unit.noChildren}</p>
      ) : (
        <ul className="unit-children">
          {shown.map((child) => (
            <li key={child.id}>
              <Link to={to(child.id)}>{child.name}</Link>
              <span className="muted">{words(unitKindWords[child.kind])}</span>
              {child.state !== 'valid' && <span className="tag">{t.state[child.state]}</span>}
            </li>
          ))}
        </ul>
      )}
      {ended > 0 && (
        <Button type="link" size="small" onClick={() => setShowEnded(!showEnded)}>
          {showEnded ? t.unit.hideEnded : t.unit.showEnded(ended)}
        </Button>
      )}
    </>
  );
}

function History({ id }: { id: string }) {
  const history = useUnitHistory(id);
  if (history.isError) return <ProblemView compact error={history.error} onRetry={() => void history.refetch()} />;
  return history.data ? <ChangeList changes={history.data} /> : null;
}
