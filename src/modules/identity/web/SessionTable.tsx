import { Button } from 'antd';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import type { Session } from '../shapes.ts';
import { deviceOf } from './device.ts';
import * as text from './text.ts';

export function SessionTable({
  sessions,
  onEnd,
}: {
  sessions: readonly Session[];
  onEnd?: ((id: string) => void) | undefined;
}) {
  const t = useText(text).sessions;
  if (sessions.length === 0) return <p className="muted">{t.none}</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t.device}</th>
          <th scope="col">{t.address}</th>
          <th scope="col">{t.since}</th>
          <th scope="col">{t.seen}</th>
          <th scope="col">{t.way}</th>
          {onEnd && (
            <th scope="col">
              <span className="only-aloud">{t.end}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td title={session.agent}>
              {deviceOf(session.agent) ?? t.unknownDevice}{' '}
              {session.isCurrent && <span className="tag key">{t.current}</span>}
            </td>
            <td>{session.address}</td>
            <td className="nowrap">{moment(session.createdAt)}</td>
            <td className="nowrap">{moment(session.seenAt)}</td>
            <td>{t.ways[session.way]}</td>
            {onEnd && (
              <td className="nowrap">
                {!session.isCurrent && (
                  <Button size="small" onClick={() => onEnd(session.id)}>
                    {t.end}
                  </Button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
