import type { Text } from '#core/shared/words.ts';

export const zh = {
  title: '先看示例城市',
  hint: '装入岳阳市约 600 个示例项目和两年填报，全部标明“示例”。只能装入空的台账，装入后不能撤销。',
  otherYear:
    '示例是 2020 至 2021 年的数据。今年没有计划，装入后各项目显示未开工；要看正在填报的月份，请用演示时钟启动：npm start -- --today 2021-09-26。',
  act: '装入示例城市',
  steps: {
    organization: '正在建立组织与账号',
    map: '正在挂上地图',
    ledger: '正在导入台账',
    history: '正在写入两年填报',
    lights: '正在亮灯',
    done: '已装入',
  },
  waiting: '正在排队',
  open: '打开项目列表',
};

export const en: Text<typeof zh> = {
  title: 'Look at the demonstration city first',
  hint: 'Loads some 600 example projects of Yueyang and two years of filings, all marked as examples. Only into an empty register, and for good.',
  otherYear:
    'The examples are of 2020 and 2021. This year has no plans, so every project will show as not started; to see a month being filed, start with the demonstration clock: npm start -- --today 2021-09-26.',
  act: 'Load the demonstration city',
  steps: {
    organization: 'Making units and accounts',
    map: 'Hanging up the map',
    ledger: 'Importing the ledger',
    history: 'Writing two years of filings',
    lights: 'Lighting the lamps',
    done: 'Loaded',
  },
  waiting: 'Waiting',
  open: 'Open the projects',
};
