import { Button, Checkbox, Input, type InputRef } from 'antd';
import { useDeferredValue, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useCan } from '#core/web/session.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { OrganizationHead } from './OrganizationHead.tsx';
import './organization.css';
import { PersonForm } from './PersonForm.tsx';
import { Phone } from './PostTable.tsx';
import { useLiveOrganization, usePersons } from './queries.ts';
import * as text from './text.ts';

/** 人员: everybody in the units within reach, found by name or initials, with what they are now. */
export function PeoplePage() {
  const t = useText(text);
  const can = useCan();
  const navigate = useNavigate();
  const searchBox = useRef<InputRef>(null);
  const [find, setFind] = useState('');
  const [showEnded, setShowEnded] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const persons = usePersons(useDeferredValue(find.trim()), showEnded);
  useLiveOrganization();
  const mayAdd = can('organization.edit');
  useShortcut('F', t.people.search, () => searchBox.current?.select());
  useShortcut('N', t.act.newPerson, () => setAdding(true), mayAdd);
  const list = persons.data?.persons ?? [];
  return (
    <>
      <OrganizationHead
        tabTitle={t.people.all}
        note={persons.data && t.people.count(list.length, persons.data.more)}
        actions={
          mayAdd && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t.act.newPerson}
            </Button>
          )
        }
      />
      <div className="chips">
        <Input
          ref={searchBox}
          className="people-search"
          type="search"
          allowClear
          aria-label={t.people.search}
          placeholder={t.people.search}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          onPressEnter={() => list[0] && void navigate(`/organization/persons/${list[0].id}`)}
        />
        <Checkbox checked={showEnded} onChange={(event) => setShowEnded(event.target.checked)}>
          {t.people.showEnded}
        </Checkbox>
      </div>
      <div className="page-body">
        {persons.isError && <ProblemView error={persons.error} onRetry={() => void persons.refetch()} />}
        {persons.isSuccess && list.length === 0 && <Empty title={t.people.none} />}
        {list.length > 0 && (
          <table className="plain people-table">
            <thead>
              <tr>
                <th scope="col">{t.post.person}</th>
                <th scope="col">{t.people.posts}</th>
                {list.some((person) => person.posts.some((post) => post.phone !== undefined)) && (
                  <th scope="col">{t.post.phone}</th>
                )}
              </tr>
            </thead>
            <tbody>
              {list.map((person) => {
                const current = person.posts.filter((post) => post.state === 'valid');
                const phone = person.posts.find((post) => post.phone)?.phone;
                return (
                  <tr key={person.id}>
                    <td className="nowrap">
                      <Link to={`/organization/persons/${person.id}`}>{person.name}</Link>
                      {person.validTo && <span className="tag after">{t.people.left(person.validTo)}</span>}
                    </td>
                    <td>
                      {current.length === 0 && <span className="muted">{t.people.noPosts}</span>}
                      {current.map((post) => (
                        <span key={post.id} className="person-post">
                          <Link to={`/organization/units/${post.unitId}`}>{post.unitName}</Link> {post.title}
                        </span>
                      ))}
                    </td>
                    {person.posts.some((post) => post.phone !== undefined) && (
                      <td className="nowrap">
                        {phone ? <Phone name={person.name} phone={phone} /> : <span className="muted">—</span>}
                      </td>
                    )}
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </div>
      {isAdding && (
        <PersonForm onClose={() => setAdding(false)} onCreated={(id) => void navigate(`/organization/persons/${id}`)} />
      )}
    </>
  );
}
