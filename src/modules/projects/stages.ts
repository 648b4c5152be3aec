/** The stages of a project's life in their order. The gates between them, and who passes them, belong to `lifecycle`. */
export const stages = [
  'reserve', // 储备
  'signed', // 签约
  'preparation', // 前期
  'started', // 开工
  'enrolled', // 入统
  'building', // 在建
  'completed', // 竣工
  'producing', // 投产
  'fullCapacity', // 达效
  'suspended', // 停建
  'delayed', // 缓建
  'terminated', // 终止
  'withdrawn', // 退库
] as const;
export type Stage = (typeof stages)[number];

/** What the year's plan expects of a project (计划口径). */
export const planKinds = [
  'new', // 新开工
  'carried', // 续建
  'finishing', // 竣工
  'reserve', // 预备
] as const;
export type PlanKind = (typeof planKinds)[number];

/** How exactly a date was given. `day` then is the last day of the period meant: 6月 is not late before 30 June ends. */
export const precisions = ['day', 'month', 'quarter', 'half', 'year'] as const;
export type Precision = (typeof precisions)[number];

/** Coordinates as people give them: GPS and 天地图, 高德/腾讯, 百度. */
export const coordinateSystems = ['WGS-84', 'GCJ-02', 'BD-09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

export const lights = ['normal', 'warn', 'late', 'idle', 'ahead'] as const;
export type Light = (typeof lights)[number];
