import { Progress } from 'antd';
import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import type { Run } from '../contract.ts';
import * as text from './text.ts';

/** What is being worked out and how far it is; afterwards what went wrong, or what a recomputation found. */
export function RunLine({ run }: { run: Run }) {
  const t = useText(text);
  if (run.state === 'queued' || run.state === 'running')
    return (
      <section className="card run-line" role="status" aria-live="polite">
        <b>
          {t.running}：{t.kind[run.kind]}
        </b>
        <Progress
          percent={Math.round((run.stepsDone / Math.max(1, run.stepsTotal)) * 100)}
          size="small"
          aria-label={t.running}
        />
        <small>{run.step ? t.steps[run.step] : ''}</small>
      </section>
    );
  if (run.state === 'failed')
    return (
      <p role="alert" className="edition-bad">
        {t.failed(t.kind[run.kind], run.problem ?? '')}
      </p>
    );
  if (run.kind === 'replay' && run.result)
    return (
      <div role="status" className={run.result.isEqual ? 'edition-good' : 'edition-bad'}>
        <p>{run.result.isEqual ? t.equal : t.unequal(count(run.result.differing.length))}</p>
        {!run.result.isEqual && (
          <ul className="replay-paths">
            {run.result.differing.slice(0, 12).map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
    );
  return null;
}
