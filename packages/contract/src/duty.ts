export const dutyRoutes = {};
