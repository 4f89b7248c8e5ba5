import type { Rule } from 'antd/es/form';

/** What a new password has to be. */
export const newPasswordRules = (minimum: number): Rule[] => [
  { required: true, message: '请填写新密码' },
  { min: minimum, message: `至少 ${minimum} 个字符` },
];

/** Typed once more, to be sure. @param field name of the field with the first */
export const sameAs =
  (field: string): Rule =>
  ({ getFieldValue }) => ({
    validator: (_, value: unknown) => (value === getFieldValue(field) ? Promise.resolve() : Promise.reject(new Error('两次填写的不一样'))),
  });
