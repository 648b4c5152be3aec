import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Slot } from '#core/web/Slot.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { Person, Post } from '../shapes.ts';
import { ChangeList } from './ChangeList.tsx';
import './organization.css';
import { PersonForm } from './PersonForm.tsx';
import { EndPostForm, PostForm } from './PostForm.tsx';
import { Phone, PostTable } from './PostTable.tsx';
import { useLiveOrganization, usePerson } from './queries.ts';
import * as text from './text.ts';

export function PersonPage() {
  const { personId } = useParams();
  const person = usePerson(personId!);
  useLiveOrganization();
  if (person.isPending) return null;
  if (person.isError) return <ProblemView error={person.error} onRetry={() => void person.refetch()} />;
  return <Loaded person={person.data} />;
}

type OpenForm = 'change' | 'addPost' | { change: Post } | { end: Post } | null;

function Loaded({ person }: { person: Person }) {
  const t = useText(text);
  const [form, setForm] = useState<OpenForm>(null);
  const close = () => setForm(null);
  const mayChange = person.allowed.includes('change');
  useShortcut('E', t.act.changePerson, () => setForm('change'), mayChange);
  return (
    <>
      <PageHead
        title={person.name}
        crumbs={<Link to="/organization/persons">{t.people.all}</Link>}
        mark={person.validTo && <span className="tag">{t.people.left(person.validTo)}</span>}
        actions={
          <>
            {person.allowed.includes('addPost') && <Button onClick={() => setForm('addPost')}>{t.act.addPost}</Button>}
            {mayChange && (
              <Button type="primary" onClick={() => setForm('change')}>
                {t.act.changePerson}
              </Button>
            )}
          </>
        }
      >
        {person.phone !== undefined && (
          <span>
            {t.post.phone} <b>{person.phone ? <Phone name={person.name} phone={person.phone} /> : t.people.noPhone}</b>
          </span>
        )}
        {person.note && (
          <span>
            {t.form.note} <b>{person.note}</b>
          </span>
        )}
      </PageHead>
      <div className="page-body person-page">
        <section className="card">
          <h2>{t.people.posts}</h2>
          <PostTable
            posts={person.posts}
            columnOf="unit"
            onChange={(change) => setForm({ change })}
            onEnd={(end) => setForm({ end })}
          />
        </section>
        <Slot name="organization.person.main" props={{ personId: person.id }} />
        <section className="card">
          <h2>{t.people.history}</h2>
          <ChangeList changes={person.history} />
        </section>
      </div>
      {form === 'change' && <PersonForm person={person} onClose={close} />}
      {form === 'addPost' && <PostForm person={person} onClose={close} />}
      {form !== null && typeof form === 'object' && 'change' in form && <PostForm post={form.change} onClose={close} />}
      {form !== null && typeof form === 'object' && 'end' in form && <EndPostForm post={form.end} onClose={close} />}
    </>
  );
}
