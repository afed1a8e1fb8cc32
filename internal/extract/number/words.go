package number

import (
	"strings"
	"sync"

	"casus/internal/text"
)

// values are the number words of English, Ukrainian, Russian and Arabic, in the forms in which texts have them. A line
// is a value and its words.
const values = `
1 one одна одне одного одній одну одним один одно одной одному واحد واحدة أحد إحدى
2 two both pair couple два дві двох двом двома двоє обидва обидві обох две двух двум двумя двое оба обе обоих
2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي
3 three три трьох трьом трьома троє трех трем тремя трое ثلاث ثلاثة
4 four чотири чотирьох чотирьом четверо четыре четырех четырем أربع أربعة
5 five пять пяти пятьох пятьом пятеро пятью خمس خمسة
6 six шість шести шістьох шестеро шесть شش ست ستة
7 seven сім семи сімох семеро семь سبع سبعة
8 eight вісім восьми вісьмох восьмеро восемь ثمان ثماني ثمانية
9 nine девять девяти девятьох девятеро تسع تسعة
10 ten десять десяти десятьох десятеро عشر عشرة
11 eleven одинадцять одинадцяти одиннадцать одиннадцати
12 twelve dozen дванадцять дванадцяти двенадцать двенадцати дюжина
13 thirteen тринадцять тринадцяти тринадцать тринадцати
14 fourteen чотирнадцять чотирнадцяти четырнадцать четырнадцати
15 fifteen пятнадцять пятнадцяти пятнадцать пятнадцати
16 sixteen шістнадцять шістнадцяти шестнадцать шестнадцати
17 seventeen сімнадцять сімнадцяти семнадцать семнадцати
18 eighteen вісімнадцять вісімнадцяти восемнадцать восемнадцати
19 nineteen девятнадцять девятнадцяти девятнадцать девятнадцати
20 twenty двадцять двадцяти двадцать двадцати عشرون عشرين
30 thirty тридцять тридцяти тридцать тридцати ثلاثون ثلاثين
40 forty сорок сорока أربعون أربعين
50 fifty пятдесят пятдесяти пятьдесят пятидесяти خمسون خمسين
60 sixty шістдесят шістдесяти шестьдесят шестидесяти ستون ستين
70 seventy сімдесят сімдесяти семьдесят семидесяти سبعون سبعين
80 eighty вісімдесят вісімдесяти восемьдесят восьмидесяти ثمانون ثمانين
90 ninety девяносто девяноста تسعون تسعين
100 сто ста
200 двісті двохсот двести двухсот مئتان مئتين مائتان مائتين
300 триста трьохсот трехсот ثلاثمئة ثلاثمائة
400 чотириста чотирьохсот четыреста четырехсот أربعمئة أربعمائة
500 пятсот пятисот пятьсот خمسمئة خمسمائة
600 шістсот шестисот шестьсот ستمئة ستمائة
700 сімсот семисот семьсот سبعمئة سبعمائة
800 вісімсот восьмисот восемьсот ثمانمئة ثمانمائة ثمانيمئة
900 девятсот девятисот девятьсот تسعمئة تسعمائة
2000 ألفان ألفين
`

// scales are words that multiply the number before them.
const scales = `
100 hundred مئة مائة
1000 thousand тисяча тисячі тисяч тисячу тис тысяча тысячи тысяч тысячу тыс ألف ألفا آلاف
1000000 million мільйон мільйона мільйони мільйонів млн миллион миллиона миллионов مليون ملايين
1000000000 billion мільярд мільярда мільярдів млрд миллиард миллиарда миллиардов مليار مليارات
`

// vague are plurals that state no number without one before them.
var vague = map[string]bool{"тисяч": true, "тисячі": true, "тысяч": true, "тысячи": true}

// word is a number word.
type word struct {
	value int
	scale bool
}

// words are the number words by their folded forms.
var words = sync.OnceValue(func() map[string]word {
	all := map[string]word{}
	add := func(table string, scale bool) {
		for line := range strings.Lines(strings.TrimSpace(table)) {
			var value int
			for i, w := range strings.Fields(line) {
				if i == 0 {
					value = digits(w)
					continue
				}
				for _, token := range text.Tokens(w) {
					all[token] = word{value, scale}
				}
			}
		}
	}
	add(values, false)
	add(scales, true)
	return all
})
