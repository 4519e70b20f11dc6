// The sentences of Select2 in Arabic, with all plural forms, in place of its own.
(() => {
  const amd = globalThis.jQuery?.fn?.select2?.amd ?? globalThis.django?.jQuery?.fn?.select2?.amd;
  const letters = (n) =>
    n === 1 ? "حرفًا واحدًا" : n === 2 ? "حرفين" : n >= 3 && n <= 10 ? `${n} أحرف` : `${n} حرفًا`;
  const items = (n) =>
    n === 1 ? "عنصرًا واحدًا" : n === 2 ? "عنصرين" : n >= 3 && n <= 10 ? `${n} عناصر` : `${n} عنصرًا`;
  amd?.define("select2/i18n/ar", [], () => ({
    errorLoading: () => "تعذّر تحميل النتائج.",
    inputTooLong: ({ input, maximum }) => `احذف ${letters(input.length - maximum)}.`,
    inputTooShort: ({ input, minimum }) => `اكتب ${letters(minimum - input.length)} بعد.`,
    loadingMore: () => "يجري تحميل المزيد…",
    maximumSelected: ({ maximum }) => `لا يُختار أكثر من ${items(maximum)}.`,
    noResults: () => "لا نتائج",
    searching: () => "يجري البحث…",
    removeAllItems: () => "إزالة الكل",
    removeItem: () => "إزالة",
    search: () => "بحث",
  }));
})();
