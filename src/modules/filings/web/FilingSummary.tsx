import { Button } from 'antd';
import { urlOf } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { type Filing, filings } from '../contract.ts';
import { shortMoment, sum } from './show.ts';
import * as text from './text.ts';

/** A filing that is out of the filer's hands: what was stated, where it stands, and “take back” while nobody has reviewed it. */
export function FilingSummary({
  filing,
  onWithdraw,
  isBusy,
}: {
  filing: Filing;
  onWithdraw: () => void;
  isBusy: boolean;
}) {
  const t = useText(text);
  const version = filing.versions.find((v) => v.seq === filing.seq);
  if (filing.state === 'exempt') return <p className="ff-summary">{t.form.exempt(filing.exemptReason ?? '')}</p>;
  if (!version) return <p className="ff-summary">{t.form.readOnly}</p>;
  const { content } = version;
  const accepted = filing.acts.findLast((a) => a.event === 'accept');
  return (
    <section className="ff-summary">
      <p className={`ff-state ${filing.state}`} role="status">
        <b>{t.states[filing.state]}</b>
        <span>
          {filing.state === 'accepted' && accepted
            ? t.form.acceptedBy(accepted.actorName, shortMoment(moment(accepted.at)))
            : t.form.submittedBy(version.submittedBy, shortMoment(moment(version.submittedAt)))}
        </span>
      </p>
      <dl className="kv">
        <dt>{t.fields.monthYuan}</dt>
        <dd>
          <b>{sum(version.monthYuan)}</b> {t.unit}
        </dd>
        <dt>{t.fields.cumulativeYuan}</dt>
        <dd>
          {sum(version.cumulativeYuan)} {t.unit}
        </dd>
        {content.cause && (
          <>
            <dt>{t.fields.cause}</dt>
            <dd>{t.causes[content.cause]}</dd>
          </>
        )}
        {content.imageProgress && (
          <>
            <dt>{t.fields.imageProgress}</dt>
            <dd>{content.imageProgress}</dd>
          </>
        )}
        {content.problems && (
          <>
            <dt>{t.fields.problems}</dt>
            <dd>{content.problems}</dd>
          </>
        )}
        {content.note && (
          <>
            <dt>{t.fields.note}</dt>
            <dd>{content.note}</dd>
          </>
        )}
      </dl>
      {content.photos.length > 0 && (
        <div className="ff-shots">
          {content.photos.map((photo) => (
            <figure key={photo.fileId}>
              <img
                src={urlOf(filings, 'photo', { id: filing.id, fileId: photo.fileId, size: '480' })}
                alt={photo.name}
                loading="lazy"
              />
            </figure>
          ))}
        </div>
      )}
      {filing.allowed.includes('withdraw') && (
        <p className="ff-buttons">
          <Button size="large" onClick={onWithdraw} loading={isBusy}>
            {t.form.withdraw}
          </Button>
          <small className="muted">{t.form.waitingNote}</small>
        </p>
      )}
    </section>
  );
}
