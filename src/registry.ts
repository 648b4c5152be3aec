// Every module of the platform, one line each. A module starts after the modules it `uses`.
// A line is added when the module has a server/index.ts that loads: every test starts all of them.

export { bulletins } from '#modules/bulletins/contract.ts';
export { burden } from '#modules/burden/contract.ts';
export { calendar } from '#modules/calendar/contract.ts';
export { challenges } from '#modules/challenges/contract.ts';
export { decomposition } from '#modules/decomposition/contract.ts';
export { demonstration } from '#modules/demonstration/contract.ts';
export { dispatch } from '#modules/dispatch/contract.ts';
export { duties } from '#modules/duties/contract.ts';
export { editions } from '#modules/editions/contract.ts';
export { enrolment } from '#modules/enrolment/contract.ts';
export { explore } from '#modules/explore/contract.ts';
export { factors } from '#modules/factors/contract.ts';
export { filings } from '#modules/filings/contract.ts';
export { forecasts } from '#modules/forecasts/contract.ts';
export { funding } from '#modules/funding/contract.ts';
export { identity } from '#modules/identity/contract.ts';
export { indicators } from '#modules/indicators/contract.ts';
export { ledger } from '#modules/ledger/contract.ts';
export { lifecycle } from '#modules/lifecycle/contract.ts';
export { meetings } from '#modules/meetings/contract.ts';
export { notices } from '#modules/notices/contract.ts';
export { opendata } from '#modules/opendata/contract.ts';
export { organization } from '#modules/organization/contract.ts';
export { permits } from '#modules/permits/contract.ts';
export { projects } from '#modules/projects/contract.ts';
export { publications } from '#modules/publications/contract.ts';
export { rankings } from '#modules/rankings/contract.ts';
export { readings } from '#modules/readings/contract.ts';
export { schedules } from '#modules/schedules/contract.ts';
export { scores } from '#modules/scores/contract.ts';
export { signals } from '#modules/signals/contract.ts';
export { snapshots } from '#modules/snapshots/contract.ts';
export { supervision } from '#modules/supervision/contract.ts';
export { wall } from '#modules/wall/contract.ts';
