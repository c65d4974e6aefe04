/** What stands for machines that somebody else commands; without diacritics “máy tính ma” is also the beginning of “máy tính mà …”, so it must end its phrase. */
const BOTNET = /\bbotnet\b|\bmay tinh ma\b(?=\s*(?:[(),.;:/]|$|duoc canh bao|hang thang|do |tai ))/;
const MALWARE = String.raw`(?:ma doc|phan mem doc hai|chuong trinh doc hai|virus|vi rut|botnet)`;
/** To take malware off machines, or to treat machines that have it. */
const CLEANING = new RegExp(
  String.raw`\b(?:boc go|go bo|loai bo|lam sach|tieu diet|xoa bo|diet)\b.{0,40}\b${MALWARE}\b|\b(?:xu ly|khac phuc|lam sach|co lap)\b.{0,25}\b(?:may|thiet bi|he thong)\b.{0,40}\b(?:lay |bi )?nhiem (?:ma doc|virus|botnet)`,
);
/** A list of addresses that is to be worked off. */
const LIST = /\bdanh sach\b.{0,30}\bip\b.{0,80}\b(?:canh bao|hang thang|hang thang|dot xuat|ma doc|doc hai|lay nhiem)\b/;
const ACT = /\b(?:ra soat|kiem tra|xu ly|khac phuc|uu tien|doi chieu|boc go|lam sach|co lap)\b/;
/** To tell people about it is another work. */
const TELLING = /^(?:\S+\s+){0,3}?(?:tuyen truyen|pho bien|tap huan|dao tao|boi duong|huong dan)\b/;

/** Whether a text (folded) demands that infected machines are cleaned: the sharpest line of holiday directives. */
export function cleaningSpoken(text: string): boolean {
  if (TELLING.test(text)) return false;
  return CLEANING.test(text) || ((BOTNET.test(text) || LIST.test(text)) && ACT.test(text));
}
