import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Schedule } from '../contract.ts';
import * as text from './text.ts';

/** Every fixed version, newest first; each can be looked at as it was. */
export function VersionTable({
  schedule,
  looking,
  onLook,
}: {
  schedule: Schedule;
  looking: number | null;
  onLook: (seq: number) => void;
}) {
  const t = useText(text);
  if (schedule.versions.length === 0) return null;
  const newest = schedule.versions[0]!.seq;
  return (
    <section className="card schedule-versions">
      <h2>{t.versions}</h2>
      <ScrollX label={t.versions}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.versionHead.version}</th>
              <th>{t.versionHead.finish}</th>
              <th>{t.versionHead.reason}</th>
              <th>{t.versionHead.approver}</th>
              <th>{t.versionHead.at}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {schedule.versions.map((version) => (
              <tr key={version.seq} aria-current={version.seq === (looking ?? newest)}>
                <td className="nowrap">
                  {version.seq === newest
                    ? t.currentName(version.seq)
                    : version.seq === 1
                      ? t.baselineName
                      : version.seq}
                </td>
                <td className="nowrap">{version.finish}</td>
                <td>{version.reason}</td>
                <td className="nowrap">{version.approver}</td>
                <td className="nowrap">
                  {moment(version.at)} {version.actorName}
                </td>
                <td>
                  <button type="button" className="link" onClick={() => onLook(version.seq)}>
                    {t.look}
                    <span className="only-aloud"> {version.seq}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}
