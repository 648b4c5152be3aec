import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { languages } from '#core/shared/words.ts';
import {
  Account,
  AccountRow,
  BackupCodes,
  CodeText,
  Day,
  GrantReach,
  Me,
  PasswordText,
  Role,
  Session,
  SignedIn,
  Totp,
  TotpDraft,
  Username,
  WordsShape,
} from './shapes.ts';

const Nothing = z.object({});
const ById = z.object({ id: z.uuid() });

export const identity = defineContract({
  name: 'identity',
  title: { zh: '账号与权限', en: 'Accounts and rights' },
  uses: ['organization'],
  permissions: {
    'identity.read': { words: { zh: '查看账号、角色和授权', en: 'Read accounts, roles and grants' }, roles: ['admin'] },
    'identity.manage': {
      words: { zh: '开设账号，授予本人具备的权限', en: 'Open accounts and grant the rights one holds oneself' },
      roles: ['admin'],
    },
    // Without it the first administrator, who is no filer and no leader, could make neither.
    'identity.grantAny': {
      words: { zh: '向他人授予本人不具备的权限', en: 'Grant others rights one does not hold oneself' },
      roles: ['admin'],
    },
  },
  endpoints: {
    me: query({
      path: '/identity/me',
      summary: { zh: '当前登录者', en: 'Who is asking, and what the shell needs to know' },
      permission: 'anyone',
      input: Nothing,
      output: Me,
    }),
    signIn: command({
      path: '/identity/sign-in',
      summary: {
        zh: '登录',
        en: 'Sign in with user name and password, and a one-time code when the account asks for it',
      },
      permission: 'anyone',
      secret: true,
      input: z.object({
        username: z.string().min(1).max(128),
        password: PasswordText,
        code: CodeText.optional(),
        /** Six-digit code of the city; needed only where one installation holds several. */
        city: z
          .string()
          .regex(/^\d{6}$/)
          .optional(),
      }),
      output: SignedIn,
    }),
    signOut: command({
      path: '/identity/sign-out',
      summary: { zh: '退出登录', en: 'Sign out' },
      permission: 'anyone',
      input: Nothing,
      output: Nothing,
    }),
    beginExternal: command({
      path: '/identity/external/begin',
      summary: { zh: '开始统一身份认证登录', en: 'Begin a sign-in at the OIDC issuer' },
      permission: 'anyone',
      secret: true,
      input: z.object({
        city: z
          .string()
          .regex(/^\d{6}$/)
          .optional(),
      }),
      output: z.object({ url: z.url() }),
    }),
    finishExternal: command({
      path: '/identity/external/finish',
      summary: { zh: '完成统一身份认证登录', en: 'Finish a sign-in with what the OIDC issuer sent back' },
      permission: 'anyone',
      secret: true,
      /** The query string of the page to which the issuer sent the browser. */
      input: z.object({ query: z.string().max(8192) }),
      output: Nothing,
    }),

    setLanguage: command({
      path: '/identity/language',
      summary: { zh: '选择界面语言', en: 'Choose the language of the account' },
      permission: 'signedIn',
      input: z.object({ language: z.enum(languages) }),
      output: Nothing,
    }),
    changePassword: command({
      path: '/identity/password',
      summary: { zh: '修改本人密码', en: 'Change one’s own password' },
      permission: 'signedIn',
      secret: true,
      input: z.object({ currentPassword: PasswordText, newPassword: PasswordText }),
      output: Nothing,
    }),
    sessions: query({
      path: '/identity/sessions',
      summary: { zh: '本人的登录会话', en: 'One’s own sessions' },
      permission: 'signedIn',
      input: Nothing,
      output: z.array(Session),
    }),
    endSession: command({
      path: '/identity/sessions/:id/end',
      summary: { zh: '结束本人的一个会话', en: 'End one of one’s own sessions' },
      permission: 'signedIn',
      input: ById,
      output: Nothing,
    }),
    endOtherSessions: command({
      path: '/identity/sessions/end-others',
      summary: { zh: '结束本人其他会话', en: 'End all one’s sessions but this one' },
      permission: 'signedIn',
      input: Nothing,
      output: z.object({ ended: z.number().int() }),
    }),
    totp: query({
      path: '/identity/totp',
      summary: { zh: '本人的动态口令', en: 'The state of one’s one-time codes' },
      permission: 'signedIn',
      input: Nothing,
      output: Totp,
    }),
    beginTotp: command({
      path: '/identity/totp/begin',
      summary: { zh: '开始绑定动态口令', en: 'Begin to enrol an authenticator app' },
      permission: 'signedIn',
      secret: true,
      input: z.object({ password: PasswordText }),
      output: TotpDraft,
    }),
    confirmTotp: command({
      path: '/identity/totp/confirm',
      summary: {
        zh: '用一次动态口令确认绑定，得到备用码',
        en: 'Confirm the enrolment with one code; answers the backup codes',
      },
      permission: 'signedIn',
      secret: true,
      input: z.object({ code: CodeText }),
      output: BackupCodes,
    }),
    renewBackupCodes: command({
      path: '/identity/totp/backup-codes',
      summary: { zh: '重新生成备用码', en: 'Make new backup codes; the old ones end' },
      permission: 'signedIn',
      secret: true,
      input: z.object({ password: PasswordText }),
      output: BackupCodes,
    }),
    removeTotp: command({
      path: '/identity/totp/remove',
      summary: { zh: '解除动态口令', en: 'Stop asking for one-time codes' },
      permission: 'signedIn',
      secret: true,
      input: z.object({ password: PasswordText }),
      output: Nothing,
    }),

    accounts: query({
      path: '/identity/accounts',
      summary: { zh: '账号列表', en: 'Accounts of people in the units the caller reaches' },
      permission: 'identity.read',
      input: z.object({
        text: z.string().trim().max(60).default(''),
        offset: z.coerce.number().int().min(0).default(0),
        personId: z.uuid().optional(),
      }),
      output: z.object({ accounts: z.array(AccountRow), total: z.number().int() }),
    }),
    account: query({
      path: '/identity/accounts/:id',
      summary: { zh: '账号详情', en: 'One account with grants, sessions and history' },
      permission: 'identity.read',
      input: ById,
      output: Account,
    }),
    personsWithoutAccount: query({
      path: '/identity/persons-without-account',
      summary: { zh: '尚无账号的人员', en: 'People for whom an account can be opened' },
      permission: 'identity.manage',
      input: z.object({ text: z.string().trim().max(60).default('') }),
      output: z.array(z.object({ id: z.uuid(), name: z.string(), posts: z.string(), suggestedUsername: z.string() })),
    }),
    createAccount: command({
      path: '/identity/accounts',
      summary: { zh: '为人员开设账号', en: 'Open an account; answers the first password, once' },
      permission: 'identity.manage',
      secret: true,
      input: z.object({ personId: z.uuid(), username: Username }),
      output: z.object({ id: z.uuid(), firstPassword: z.string() }),
    }),
    resetPassword: command({
      path: '/identity/accounts/:id/reset-password',
      summary: { zh: '重置密码', en: 'Give a new first password and end all sessions' },
      permission: 'identity.manage',
      secret: true,
      input: ById,
      output: z.object({ firstPassword: z.string() }),
    }),
    lockAccount: command({
      path: '/identity/accounts/:id/lock',
      summary: { zh: '停用账号', en: 'Lock an account and end its sessions' },
      permission: 'identity.manage',
      input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(200) }),
      output: Nothing,
    }),
    unlockAccount: command({
      path: '/identity/accounts/:id/unlock',
      summary: { zh: '启用账号并清除等待', en: 'Unlock an account and clear its wait' },
      permission: 'identity.manage',
      input: ById,
      output: Nothing,
    }),
    clearTotp: command({
      path: '/identity/accounts/:id/clear-totp',
      summary: { zh: '为丢失手机的人解除动态口令', en: 'Remove the one-time codes of somebody who lost the phone' },
      permission: 'identity.manage',
      input: ById,
      output: Nothing,
    }),
    endAccountSession: command({
      path: '/identity/accounts/:id/sessions/:sessionId/end',
      summary: { zh: '结束他人的会话', en: 'End a session of another account' },
      permission: 'identity.manage',
      input: z.object({ id: z.uuid(), sessionId: z.uuid() }),
      output: Nothing,
    }),
    linkExternal: command({
      path: '/identity/accounts/:id/external',
      summary: { zh: '关联统一身份', en: 'Tie an account to a subject of the OIDC issuer' },
      permission: 'identity.manage',
      input: z.object({ id: z.uuid(), subject: z.string().trim().min(1).max(255) }),
      output: Nothing,
    }),
    unlinkExternal: command({
      path: '/identity/accounts/:id/external/:loginId/remove',
      summary: { zh: '解除统一身份关联', en: 'Untie an account from the OIDC issuer' },
      permission: 'identity.manage',
      input: z.object({ id: z.uuid(), loginId: z.uuid() }),
      output: Nothing,
    }),

    roles: query({
      path: '/identity/roles',
      summary: { zh: '角色与权限', en: 'Every role with its permissions, and every permission in words' },
      permission: 'identity.read',
      input: Nothing,
      output: z.object({
        roles: z.array(Role),
        permissions: z.array(
          z.object({ permission: z.string(), module: WordsShape, words: WordsShape, isHeld: z.boolean() }),
        ),
      }),
    }),
    createRole: command({
      path: '/identity/roles',
      summary: { zh: '新建角色', en: 'Make a role of the city’s own' },
      permission: 'identity.manage',
      input: z.object({ name: z.string().trim().min(1).max(40), permissions: z.array(z.string()).min(1) }),
      output: z.object({ role: z.uuid() }),
    }),
    changeRole: command({
      path: '/identity/roles/:id/change',
      summary: { zh: '修改角色', en: 'Change a role of the city’s own' },
      permission: 'identity.manage',
      input: z.object({
        id: z.uuid(),
        name: z.string().trim().min(1).max(40),
        permissions: z.array(z.string()).min(1),
      }),
      output: Nothing,
    }),
    retireRole: command({
      path: '/identity/roles/:id/retire',
      summary: { zh: '停用角色', en: 'Retire a role of the city’s own' },
      permission: 'identity.manage',
      input: ById,
      output: Nothing,
    }),
    grant: command({
      path: '/identity/grants',
      summary: { zh: '授予角色', en: 'Give a role to a post, or to an account whatever its posts' },
      permission: 'identity.manage',
      input: z.object({
        accountId: z.uuid(),
        /** The role follows this post of the account's person; without it, it belongs to the account. */
        postId: z.uuid().optional(),
        role: z.string().min(1).max(64),
        /** Left out: the role's own default. */
        reach: GrantReach.optional(),
        unitId: z.uuid().optional(),
        projectIds: z.array(z.uuid()).max(500).optional(),
        validFrom: Day.optional(),
        validTo: Day.optional(),
      }),
      output: z.object({ id: z.uuid() }),
    }),
    endGrant: command({
      path: '/identity/grants/:id/end',
      summary: { zh: '收回授权', en: 'End a grant' },
      permission: 'identity.manage',
      input: ById,
      output: Nothing,
    }),

    setUp: command({
      path: '/identity/setup',
      summary: {
        zh: '首次设置：建立城市和管理员',
        en: 'First set-up: the city, its headquarters and the first administrator',
      },
      permission: 'anyone',
      secret: true,
      input: z.object({
        /** The one-time code printed on the console. */
        setupCode: z.string().min(1).max(40),
        cityName: z.string().trim().min(2).max(40),
        regionCode: z.string().regex(/^[1-9]\d{5}$/),
        hqName: z.string().trim().min(2).max(100),
        personName: z.string().trim().min(1).max(50),
        username: Username,
        password: PasswordText,
      }),
      output: Nothing,
    }),
  },
});
