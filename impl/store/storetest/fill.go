package storetest

import (
	"fmt"
	"reflect"
	"time"
)

// fields are the innermost values of value by their path; times are numbers, as
// two that are equal can differ in their zone.
func fields(value any) map[string]any {
	found := map[string]any{}
	walk(reflect.ValueOf(value), "", func(path string, v reflect.Value) { found[path] = v.Interface() })
	return found
}

func walk(v reflect.Value, path string, seen func(string, reflect.Value)) {
	if moment, ok := v.Interface().(time.Time); ok {
		seen(path, reflect.ValueOf(moment.UnixNano()))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, seen)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), path, seen)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), fmt.Sprint(path, i), seen)
		}
	default:
		seen(path, v)
	}
}

// filled returns a T without a zero field.
func filled[T any](now time.Time) T {
	var value T
	fill(reflect.ValueOf(&value).Elem(), now)
	return value
}

func fill(v reflect.Value, now time.Time) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(now))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(`a "ü" ` + "\u2028")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8:
		v.SetUint(8)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), now)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), now)
		fill(v.Index(1), now)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), now)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, now)
		fill(value, now)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), now)
		}
	default:
		panic("storetest cannot fill a " + v.Type().String())
	}
}
