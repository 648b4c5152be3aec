import { defineServerModule } from '#core/server/http.ts';
import { ratioOf } from '#core/shared/rate.ts';
import { challenges } from '../contract.ts';
import { exactOf } from '../progress.ts';
import { rewardCents, rewardFault } from '../reward.ts';
import { bid, decideObjection, object, select, withdrawBid } from './bids.ts';
import { publish, recordReview, saveBatch, saveDraft, setBaseline } from './drafts.ts';
import { exportList } from './export.ts';
import { attachedFile } from './files.ts';
import { award, draftPledge, printPledge, sign } from './pledges.ts';
import { listPage, presentChallenge } from './present.ts';
import { remindDue, tellings } from './tell.ts';
import { judgeValue, reachMilestone, readAll, readOne, refresh, report } from './values.ts';
import { claim, decide, verify } from './verdicts.ts';

export default defineServerModule(challenges, {
  handlers: {
    list: listPage,
    table: exportList,
    saveBatch,
    challenge: presentChallenge,
    save: saveDraft,
    tryReward: async (_scope, { formula, capYuan, baseline, target, value }) => {
      const fault = rewardFault(formula);
      const exact = (text: string) => exactOf(ratioOf(text));
      return {
        fault,
        cents: fault
          ? null
          : rewardCents({
              formula,
              capYuan: capYuan ?? null,
              baseline: exact(baseline),
              target: exact(target),
              value: exact(value),
            }),
      };
    },
    setBaseline,
    review: recordReview,
    publish,
    bid,
    withdrawBid,
    select,
    object,
    decideObjection,
    award,
    draftPledge,
    sign,
    pledgeFile: printPledge,
    file: attachedFile,
    report,
    judgeValue,
    refresh,
    reachMilestone,
    claim,
    verify,
    decide,
  },
  on: tellings,
  jobs: { read: readOne, readAll, remindDue: (run) => run.transaction(remindDue) },
  // 00:50 in Shanghai, when the filings of yesterday are all in; and 08:20, when people are at work.
  cron: { readAll: '50 16 * * *', remindDue: '20 0 * * *' },
});
