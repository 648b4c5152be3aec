import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { signals } from '../contract.ts';
import { signalWords } from '../signal.ts';
import { FindingActs } from './FindingActs.tsx';
import './signals.css';
import * as text from './text.ts';

/** On the project page: what its figures ask to be explained. A project about which nothing speaks takes one line. */
export function ProjectSignals({ project }: { project: { id: string } }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(signals);
  const [withEnded, setWithEnded] = useState(false);
  const found = useQuery({
    queryKey: ['signals', 'project', project.id],
    queryFn: ({ signal }) => api.ofProject({ projectId: project.id }, { signal }),
  });
  useLiveRefetch(['signals.*'], [['signals']]);
  const all = found.data ?? [];
  const live = all.filter((f) => f.endedOn === null);
  const ended = all.length - live.length;
  return (
    <section id="signals">
      <h2 className="h2">
        {t.section}
        {ended > 0 && (
          <button type="button" className="to link" aria-expanded={withEnded} onClick={() => setWithEnded((v) => !v)}>
            {t.ended(ended)}
          </button>
        )}
      </h2>
      {found.error && <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && live.length === 0 && !withEnded && <p className="muted">{t.quiet}</p>}
      <ul className="signals">
        {(withEnded ? all : live).map((f) => (
          <li key={f.id} className={f.endedOn === null ? f.state : 'ended'}>
            <b>{words(signalWords[f.code])}</b> <span>{words(f.sentence)}</span>
            <small className="muted">
              {f.endedOn === null ? `${t.states[f.state]} · ${t.found(f.foundOn)}` : t.endedOn(f.endedOn)}
            </small>
            {f.explanation && (
              <p>
                {f.explanation} <small className="muted">{f.explainedBy}</small>
              </p>
            )}
            {f.settledBy && <p className="good">{t.settledBy(f.settledBy, f.settledNote ?? '')}</p>}
            {f.allowed.length > 0 && (
              <div className="acts">
                <FindingActs finding={f} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
