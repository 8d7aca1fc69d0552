"""Words of the gallery's examples in Arabic, so that the mirror can be looked at. Other languages see English.

They are no part of the product, so translators are not asked for them.
"""

# ruff: noqa: E501
from django.utils.translation import get_language

_ARABIC = {
    "My desk": "مكتبي", "Learn": "التعلّم", "Protocols": "البروتوكولات", "Together": "معًا", "Library": "المكتبة",
    "Support": "الدعم", "Leila Marren": "ليلى مارين", "Corran district": "مقاطعة كوران",
    "nurse, Corran District Hospital": "ممرضة، مستشفى كوران", "Core course": "الدورة الأساسية",
    "Safe interview": "المقابلة الآمنة", "Safety planning": "تخطيط السلامة", "Protocol 4 check": "اختبار البروتوكول ٤",
    "Trainers": "المدرّبون", "Dalmi": "دالمي", "Barsel": "بارسل", "Corran": "كوران", "Estrin": "إسترين", "Karsa": "كارسا",
    "Name on the certificate": "الاسم على الشهادة", "Date of the certificate": "تاريخ الشهادة",
    "As printed on it": "كما هو مطبوع عليها", "Hours": "الساعات", "Course": "الدورة", "How was it held?": "كيف عُقدت؟",
    "In one room": "في قاعة واحدة", "On line": "عبر الشبكة", "Anything we should know": "ما ينبغي أن نعرفه",
    "The certificate is mine": "الشهادة لي", "Person": "الشخص", "What is missing": "ما ينقص", "Since": "منذ",
    "Minutes": "الدقائق", "Overdue on 12 May 2026": "المتأخر في ١٢ مايو ٢٠٢٦", "Samir Oulad": "سمير أولاد",
    "Hanne Brix": "هانه بريكس", "Jonas Ekwe": "يوناس إكوي", "Protocol 4, check": "البروتوكول ٤، الاختبار",
    "Protocol 4, read and check": "البروتوكول ٤، القراءة والاختبار", "Protocol 4, read": "البروتوكول ٤، القراءة",
    "In place": "مستوفى", "Due soon": "يحلّ قريبًا", "Short": "ناقص", "Police": "الشرطة", "Health": "الصحة",
    "Legal aid": "العون القانوني", "Certificates that lapse, week by week": "الشهادات التي تنتهي، أسبوعًا بعد أسبوع",
    "Twelve certificates lapse by August, six before midsummer": "تنتهي اثنتا عشرة شهادة قبل أغسطس، نصفها قبل منتصف الصيف",
    "Each dot is one certificate.": "كل نقطة شهادة واحدة.",
    "As at 12 May 2026. One person may hold several.": "حتى ١٢ مايو ٢٠٢٦. قد يحمل الشخص أكثر من واحدة.",
    "People short of the protocol 4 check": "من ينقصهم اختبار البروتوكول ٤",
    "Three districts hold most of the gap": "معظم النقص في ثلاث مقاطعات", "Posts by state": "الوظائف بحسب الحال",
    "One post in seven is short, most of them in the police": "وظيفة من كل سبع ناقصة، ومعظمها في الشرطة",
    "What begins when": "ما يبدأ ومتى", "Everywhere": "في كل مكان", "paid until then": "مدفوع لهم حتى حينه", "What": "ماذا",
    "When": "متى", "Trainers are paid until September": "يُدفع للمدرّبين حتى سبتمبر",
    "Next step": "الخطوة التالية", "Safety planning, unit 3 of 5": "تخطيط السلامة، الوحدة ٣ من ٥",
    "You stopped at question 2 on Friday. About 12 minutes are left.": "توقفتم عند السؤال ٢ يوم الجمعة. وبقي نحو ١٢ دقيقة.",
    "Continue unit 3": "متابعة الوحدة ٣", "Not now": "ليس الآن", "Start the module": "بدء الوحدة",
    "Approve this translation": "اعتماد هذه الترجمة", "Withdraw this version": "سحب هذه النسخة",
    "Two things are due, 35 minutes in all.": "أمران مستحقان، مدتهما معًا ٣٥ دقيقة.", "The parts": "الأجزاء",
    "4 days overdue": "متأخر ٤ أيام", "By 29 May": "حتى ٢٩ مايو", "15 minutes": "١٥ دقيقة", "20 minutes": "٢٠ دقيقة",
    "Referral protocol, version 4": "بروتوكول الإحالة، النسخة ٤", "Read what changes": "قراءة ما تغيّر",
    "Three of its sections changed for emergency staff.": "تغيّرت ثلاثة أقسام تخص العاملين في الطوارئ.",
    "Safe interview, refresher": "المقابلة الآمنة، تنشيط", "Start the refresher": "بدء التنشيط",
    "Emergency staff repeat it every two years.": "يعيدها العاملون في الطوارئ كل سنتين.",
    "In place until 3 March 2028": "مستوفاة حتى ٣ مارس ٢٠٢٨", "Under way, 2 of 5 units": "جارٍ، وحدتان من ٥",
    "Send for recognition": "إرسال للاعتماد", "District": "المقاطعة", "short": "ناقص", "soon": "قريبًا", "of": "من",
    "gaps": "نواقص", "The cell you opened": "الخانة التي فتحتموها", "Dalmi, protocol 4 check": "دالمي، اختبار البروتوكول ٤",
    "29 of 41 people short": "٢٩ من ٤١ شخصًا ناقصون", "Finish the translation": "إكمال الترجمة",
    "Thirteen have not yet had the text in their language.": "ثلاثة عشر لم يصلهم النص بلغتهم بعد.",
    "A plan she can use tonight": "خطة تستعملها الليلة", "Part 5 of 9": "الجزء ٥ من ٩", "about 12 minutes left": "بقي نحو ١٢ دقيقة",
    "A safety plan is **not a form**. It is a short set of steps.\n\n- She can do it tonight.\n- If it fails, she is no worse off.\n":
        "خطة السلامة **ليست استمارة**. هي خطوات قليلة.\n\n- تستطيع فعلها الليلة.\n- إن لم تنجح، لا يسوء حالها.\n",
    "Listen to this part, 3 minutes, 0.7 MB": "الاستماع إلى هذا الجزء، ٣ دقائق، ٠٫٧ م.ب", "Skip this part for now": "تخطّي هذا الجزء الآن",
    "Which of these would you write into the plan with her tonight?": "أيّ هذه تكتبونها معها في الخطة الليلة؟",
    "She moves to her sister’s house.": "تنتقل إلى بيت أختها.", "Your answer: not quite": "إجابتكم: ليس تمامًا",
    "Her neighbour calls the police if she hears shouting.": "تتصل جارتها بالشرطة إن سمعت صراخًا.",
    "She keeps papers and a spare key with the pharmacist.": "تحفظ أوراقها ومفتاحًا عند الصيدلاني.",
    "Right. Section 4.2 says so.": "صحيح. هكذا يقول القسم ٤٫٢.", "Check my answer": "التحقق من إجابتي",
    "A good thought, with one weak point. Look at the second test above, then choose again.": "فكرة جيدة فيها نقطة ضعف. انظروا إلى الاختبار الثاني أعلاه ثم اختاروا ثانية.",
    "In this unit": "في هذه الوحدة", "Why plans fail": "لماذا تفشل الخطط", "Question 2": "السؤال ٢", "Done": "تمّ",
    "You are here": "أنتم هنا", "Your own safety": "سلامتكم أنتم", "Kept on this phone": "محفوظ على هذا الهاتف",
    "new posts, day and night": "وظيفة جديدة، ليلًا ونهارًا", "29 to 41": "من ٢٩ إلى ٤١",
    "At least two at any hour.": "اثنان على الأقل في كل ساعة.", "Saved": "حُفظ", "Off line": "دون اتصال",
    "No drill has been held yet": "لم يُعقد تمرين بعد", "Plan the first drill": "التخطيط للتمرين الأول",
    "A drill shows in an hour what a protocol leaves open.": "يُظهر التمرين في ساعة ما تركه البروتوكول مفتوحًا.",
}  # fmt: skip


def sample(text: str) -> str:
    """`text` as the gallery shows it in the active language."""
    return _ARABIC.get(text, text) if (get_language() or "").startswith("ar") else text
