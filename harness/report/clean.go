package report

import (
	"io"
	"reflect"

	"github.com/grantproof/grantproof/impl/printable"
)

// clean is a report for people: a text in it may be that of a server, and stays one
// line in which everything is seen. What was sent and received keeps its lines.
// Every writer but that of JSON begins with it.
func clean[T any](report T) T {
	cleaned := reflect.New(reflect.TypeFor[T]()).Elem()
	copyClean(cleaned, reflect.ValueOf(&report).Elem(), printable.Line)
	return cleaned.Interface().(T)
}

func copyClean(to, from reflect.Value, show func(string) string) {
	to.Set(from)
	switch from.Kind() {
	case reflect.String:
		to.SetString(show(from.String()))
	case reflect.Pointer:
		if !from.IsNil() {
			to.Set(reflect.New(from.Type().Elem()))
			copyClean(to.Elem(), from.Elem(), show)
		}
	case reflect.Slice:
		if !from.IsNil() {
			to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		}
		for i := range from.Len() {
			copyClean(to.Index(i), from.Index(i), show)
		}
	case reflect.Map:
		copyCleanMap(to, from, show)
	case reflect.Struct:
		copyCleanFields(to, from, show)
	}
}

func copyCleanMap(to, from reflect.Value, show func(string) string) {
	if from.IsNil() {
		return
	}
	to.Set(reflect.MakeMap(from.Type()))
	for name, value := range from.Seq2() {
		cleanName, cleanValue := reflect.New(name.Type()).Elem(), reflect.New(value.Type()).Elem()
		copyClean(cleanName, name, show)
		copyClean(cleanValue, value, show)
		to.SetMapIndex(cleanName, cleanValue)
	}
}

func copyCleanFields(to, from reflect.Value, show func(string) string) {
	for i := range from.NumField() {
		field := from.Type().Field(i)
		switch {
		case !field.IsExported():
		case from.Type() == reflect.TypeFor[Exchange]() && (field.Name == "Request" || field.Name == "Response"):
			copyClean(to.Field(i), from.Field(i), printable.Text)
		default:
			copyClean(to.Field(i), from.Field(i), show)
		}
	}
}

// forPeople is a writer that gets a clean report.
func forPeople[T any](write func(io.Writer, T) error) func(io.Writer, T) error {
	return func(w io.Writer, report T) error { return write(w, clean(report)) }
}
