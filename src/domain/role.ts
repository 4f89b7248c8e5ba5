/** 查看, 编辑, 审核, 管理: each may do what the ones before may. */
export const ROLES = ['viewer', 'editor', 'reviewer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Readonly<Record<Role, string>> = { viewer: '查看', editor: '编辑', reviewer: '审核', admin: '管理' };

/** Whether a role includes another. @example mayActAs('reviewer', 'editor') // → true */
export const mayActAs = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
