import { factFields, promiseKinds, type Values } from '../contract.ts';
import type * as text from './text.ts';

interface Common {
  key: string;
  label: string;
  /** Stays as it is rather than become empty. */
  isRequired?: boolean;
}

/** One field of the form in which a proposal is put right. */
export type Field = Common &
  (
    | { as: 'words'; most: number; isLong?: boolean; isNullable?: boolean }
    | { as: 'unit' | 'units' | 'day' | 'money' }
    | { as: 'project' /** Takes the name of the project over, too. */; nameKey?: string }
    | { as: 'choice'; options: { value: string; label: string }[] }
  );

/** What of each kind of proposal a person may put right, in the order of the form. */
export function correctFields(values: Values, t: typeof text.zh): Field[] {
  const f = t.fields;
  switch (values.kind) {
    case 'requirement':
      return [
        { as: 'words', key: 'title', label: f.title, most: 300, isLong: true },
        { as: 'unit', key: 'leadUnitId', label: f.lead },
        { as: 'units', key: 'coUnitIds', label: f.co },
        { as: 'project', key: 'projectId', label: f.project },
        { as: 'day', key: 'dueOn', label: f.due },
      ];
    case 'promise':
      return [
        { as: 'project', key: 'projectId', label: f.project, nameKey: 'projectName' },
        { as: 'words', key: 'projectName', label: f.name, most: 200 },
        {
          as: 'choice',
          key: 'what',
          label: f.what,
          options: promiseKinds.map((value) => ({ value, label: t.whats[value] })),
        },
        { as: 'day', key: 'by', label: f.by },
        { as: 'money', key: 'amountYuan', label: f.amount },
        { as: 'words', key: 'hedge', label: f.hedge, most: 20, isNullable: true },
        { as: 'words', key: 'speaker', label: f.speaker, most: 60, isNullable: true },
      ];
    case 'fact': {
      const isMoney = typeof values.value === 'number';
      return [
        { as: 'project', key: 'projectId', label: f.project, isRequired: true },
        {
          as: 'choice',
          key: 'field',
          label: f.field,
          options: factFields
            .filter((field) => (field === 'totalYuan') === isMoney)
            .map((value) => ({ value, label: t.factFields[value] })),
        },
        { as: isMoney ? 'money' : 'day', key: 'value', label: isMoney ? f.amount : f.value, isRequired: true },
      ];
    }
    case 'name':
      return [
        { as: 'words', key: 'alias', label: f.alias, most: 100 },
        { as: values.register === 'project' ? 'project' : 'unit', key: 'registerId', label: f.means },
      ];
  }
}
