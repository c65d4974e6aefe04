export const directiveRoutes = {};
