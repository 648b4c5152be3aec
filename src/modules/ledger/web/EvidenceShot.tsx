import { useState } from 'react';
import { Link } from 'react-router';
import { urlOf } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { ledger } from '../contract.ts';
import { evidenceWords, isPhoto } from '../evidence.ts';
import type { Evidence } from '../shapes.ts';
import * as text from './matter-text.ts';

/** One piece of evidence: a picture small, a document by its name, a figure or a statement in words. */
export function EvidenceShot({
  matterId,
  evidence,
  isSmall = false,
}: {
  matterId: string;
  evidence: Evidence;
  isSmall?: boolean;
}) {
  const t = useText(text).evidence;
  const words = useWords();
  const [isGone, setGone] = useState(false);
  const { kind, fileId, name, amount, alsoIn } = evidence;
  const thing = isPhoto(kind) ? t.picture : t.file;
  const url = fileId === null ? null : urlOf(ledger, 'file', { id: matterId, fileId });
  const flag = alsoIn && (
    <span className="mt-same">
      {alsoIn.id && alsoIn.no ? (
        <Link to={`/matters/${alsoIn.id}`}>{t.same(thing, alsoIn.no)}</Link>
      ) : (
        t.sameHidden(thing)
      )}
    </span>
  );
  if (isPhoto(kind) && url !== null && !isGone)
    return (
      <figure className={isSmall ? 'mt-shot small' : 'mt-shot'}>
        <a href={url} target="_blank" rel="noreferrer" title={t.open(name)}>
          <img
            src={url}
            alt={evidence.words ?? `${words(evidenceWords[kind])} ${name}`}
            loading="lazy"
            onError={() => setGone(true)}
          />
        </a>
        {!isSmall && (
          <figcaption>
            {words(evidenceWords[kind])}
            {evidence.words && `：${evidence.words}`}
            <br />
            <span className="muted">
              {moment(evidence.addedAt).slice(5)} {evidence.addedByName}
            </span>
            {flag}
          </figcaption>
        )}
        {isSmall && flag}
      </figure>
    );
  return (
    <p className="mt-paper">
      <span className="tag">{words(evidenceWords[kind])}</span>{' '}
      {url !== null ? (
        <a href={url} title={t.open(name)}>
          {name}
        </a>
      ) : (
        amount !== null && <b>{count(amount)}</b>
      )}{' '}
      {evidence.words && <span className="soft">{evidence.words}</span>}
      {!isSmall && (
        <small className="muted">
          {' '}
          {moment(evidence.addedAt).slice(5)} {evidence.addedByName}
        </small>
      )}
      {flag}
    </p>
  );
}
