export const workRoutes = {};
