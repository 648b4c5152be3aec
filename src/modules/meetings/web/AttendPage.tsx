import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { keys } from './keys.ts';
import { timeOf, whenOf } from './show.ts';
import * as text from './text.ts';
import { useMeeting } from './use-meeting.ts';
import './meetings.css';

/** `/meetings/:id/attend`: what the code at the door opens on a phone. One tap. */
export function AttendPage() {
  const t = useText(text);
  const { id, api, data: meeting, error, refetch } = useMeeting();
  const [params] = useSearchParams();
  const cache = useQueryClient();
  const [code, setCode] = useState(params.get('code') ?? '');
  const [isDeputy, setDeputy] = useState(false);
  const act = useMutation({
    mutationFn: () => api.attend({ id, code: code.trim(), isDeputy }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.all }),
  });
  const isOwn = (meeting?.ownUnitIds.length ?? 0) > 0;
  return (
    <>
      <PageHead title={t.attendTitle} />
      <div className="page-body mtg-attend">
        {error && <ProblemView error={error} onRetry={() => void refetch()} />}
        {meeting && (
          <section className="card">
            <h2>{meeting.title}</h2>
            <p>{whenOf(meeting.startsAt)}</p>
            <p>{meeting.place}</p>
            {act.data ? (
              <div className="mtg-done" role="status">
                <b>{t.done}</b>
                <p>{t.doneAt(act.data.unitName, timeOf(act.data.at))}</p>
                <p className={act.data.isLate ? 'warn' : 'good'}>{act.data.isLate ? t.doneLate : t.onTime}</p>
              </div>
            ) : meeting.isHere ? (
              <div className="mtg-done" role="status">
                <b>{t.done}</b>
              </div>
            ) : isOwn ? (
              <>
                {!params.get('code') && (
                  <>
                    <p className="soft">{t.codeMissing}</p>
                    <Input
                      size="large"
                      aria-label={t.code}
                      placeholder={t.code}
                      value={code}
                      maxLength={12}
                      autoCapitalize="characters"
                      autoComplete="off"
                      onChange={(e) => setCode(e.target.value)}
                    />
                  </>
                )}
                <Checkbox checked={isDeputy} onChange={(e) => setDeputy(e.target.checked)}>
                  {t.asDeputy}
                </Checkbox>
                {act.error && <ProblemView compact error={act.error} />}
                <Button
                  type="primary"
                  size="large"
                  block
                  disabled={code.trim().length < 4}
                  loading={act.isPending}
                  onClick={() => act.mutate()}
                >
                  {t.confirm}
                </Button>
              </>
            ) : (
              <p className="warn">{t.notOwn}</p>
            )}
            <p>
              <Link to={`/meetings/${id}`}>{t.toMeeting}</Link>
            </p>
          </section>
        )}
      </div>
    </>
  );
}
