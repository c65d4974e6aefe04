export const planted = 'a violation that the checks must find';
