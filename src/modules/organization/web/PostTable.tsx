import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '#core/web/text.ts';
import type { Post } from '../shapes.ts';
import * as text from './text.ts';

/** Posts of a unit (`columnOf` person) or of a person (`columnOf` unit). A phone column only where phones were given at all. */
export function PostTable({
  posts,
  columnOf,
  onChange,
  onEnd,
}: {
  posts: readonly Post[];
  columnOf: 'person' | 'unit';
  onChange: (post: Post) => void;
  onEnd: (post: Post) => void;
}) {
  const t = useText(text);
  const [showEnded, setShowEnded] = useState(false);
  const current = posts.filter((post) => post.state !== 'ended');
  const ended = posts.length - current.length;
  const shown = showEnded ? posts : current;
  const hasPhones = columnOf === 'person' && posts.some((post) => post.phone !== undefined);
  const hasActs = posts.some((post) => post.allowed.length > 0);
  return (
    <>
      {shown.length === 0 ? (
        <p className="muted">{columnOf === 'person' ? t.unit.noPosts : t.people.noPosts}</p>
      ) : (
        <table className="plain post-table">
          <thead>
            <tr>
              {columnOf === 'unit' && <th scope="col">{t.post.unit}</th>}
              <th scope="col">{t.post.title}</th>
              {columnOf === 'person' && <th scope="col">{t.post.person}</th>}
              {hasPhones && <th scope="col">{t.post.phone}</th>}
              <th scope="col">{t.post.duties}</th>
              <th scope="col">{t.post.validity}</th>
              {hasActs && (
                <th scope="col">
                  <span className="only-aloud">{t.act.more}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((post) => (
              <tr key={post.id} data-state={post.state}>
                {columnOf === 'unit' && (
                  <td>
                    <Link to={`/organization/units/${post.unitId}`}>{post.unitName}</Link>
                  </td>
                )}
                <td>{post.title}</td>
                {columnOf === 'person' && (
                  <td>
                    <Link to={`/organization/persons/${post.personId}`}>{post.personName}</Link>
                  </td>
                )}
                {hasPhones && (
                  <td className="nowrap">{post.phone && <Phone name={post.personName} phone={post.phone} />}</td>
                )}
                <td>{post.duties}</td>
                <td className="nowrap">
                  {post.validTo === null ? t.unit.since(post.validFrom) : t.unit.fromTo(post.validFrom, post.validTo)}
                  {post.state !== 'valid' && <span className="tag after">{t.state[post.state]}</span>}
                </td>
                {hasActs && (
                  <td className="nowrap post-acts">
                    {post.allowed.includes('change') && (
                      <Button
                        type="link"
                        size="small"
                        onClick={() => onChange(post)}
                        aria-label={`${t.act.changePost} ${post.personName} ${post.title}`}
                      >
                        {t.act.changePost}
                      </Button>
                    )}
                    {post.allowed.includes('end') && (
                      <Button
                        type="link"
                        size="small"
                        onClick={() => onEnd(post)}
                        aria-label={`${t.act.endPost} ${post.personName} ${post.title}`}
                      >
                        {t.act.endPost}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ended > 0 && (
        <Button type="link" size="small" onClick={() => setShowEnded(!showEnded)}>
          {showEnded ? t.unit.hideEnded : t.unit.showEnded(ended)}
        </Button>
      )}
    </>
  );
}

export function Phone({ name, phone }: { name: string; phone: string }) {
  const t = useText(text);
  return (
    <a href={`tel:${phone.replace(/[^\d+]/g, '')}`} aria-label={`${t.post.call(name)} ${phone}`}>
      {phone}
    </a>
  );
}
