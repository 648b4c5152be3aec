import { defineServerModule } from '#core/server/module.ts';
import { identity } from '../contract.ts';
import {
  clearTotp,
  createAccount,
  endAccountSession,
  getAccount,
  linkExternal,
  listAccounts,
  lockAccount,
  personsWithoutAccount,
  resetPassword,
  unlinkExternal,
  unlockAccount,
} from './accounts.ts';
import { authenticate } from './authenticate.ts';
import { beginExternal, finishExternal } from './external-sign-in.ts';
import { endGrant, grant } from './grants.ts';
import { tidyJob } from './jobs.ts';
import {
  beginTotp,
  changePassword,
  confirmTotp,
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  me,
  removeTotp,
  renewBackupCodes,
  setLanguage,
  totpState,
} from './own-account.ts';
import { changeRole, createRole, listRolesAndPermissions, retireRole } from './roles.ts';
import { announceSetup, setUp } from './setup.ts';
import { signIn, signOut } from './sign-in.ts';

export default defineServerModule(identity, {
  authenticate,
  start: (context) => announceSetup(context),
  jobs: { tidy: tidyJob },
  cron: { tidy: '20 19 * * *' },
  handlers: {
    me,
    signIn,
    signOut,
    beginExternal,
    finishExternal,
    setLanguage,
    changePassword,
    sessions: listOwnSessions,
    endSession: endOwnSession,
    endOtherSessions,
    totp: totpState,
    beginTotp,
    confirmTotp,
    renewBackupCodes,
    removeTotp,
    accounts: listAccounts,
    account: getAccount,
    personsWithoutAccount,
    createAccount,
    resetPassword,
    lockAccount,
    unlockAccount,
    clearTotp,
    endAccountSession,
    linkExternal,
    unlinkExternal,
    roles: listRolesAndPermissions,
    createRole,
    changeRole,
    retireRole,
    grant,
    endGrant,
    setUp,
  },
});
