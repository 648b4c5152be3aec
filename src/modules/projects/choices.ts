import type { Choices } from './list-shapes.ts';

/** The lists a city starts with; the office changes them, and imports may add to them. */
export const shippedChoices: Choices = {
  board: ['产业', '基础设施', '社会民生', '生态'].map((label) => ({ label, mark: null })),
  tier: [
    { label: '省重点', mark: '省' },
    { label: '市重点', mark: '市' },
    { label: '市重大产业', mark: '产' },
    { label: '献礼工程', mark: '礼' },
    { label: '专项债', mark: '债' },
  ],
  nature: ['新建', '扩建', '改建', '改建和技术改造', '迁建', '单纯购置'].map((label) => ({ label, mark: null })),
};
