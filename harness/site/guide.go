package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
)

// Chapter is one page of the guide.
type Chapter struct {
	Name, Title    string
	Body           template.HTML
	Previous, Next *Chapter
}

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(html.WithUnsafe()), // The diagrams are SVG of ours.
)

// addGuide adds the chapters in the order of their files, which begin with a
// number.
func (s Site) addGuide() ([]*Chapter, error) {
	names, err := fs.Glob(content, "guide/*.md")
	if err != nil {
		return nil, err
	}
	var chapters []*Chapter
	for _, name := range names {
		chapter, err := readChapter(name)
		if err != nil {
			return nil, err
		}
		if n := len(chapters); n > 0 {
			chapter.Previous, chapters[n-1].Next = chapters[n-1], chapter
		}
		chapters = append(chapters, chapter)
	}
	problems := []error{s.page("guide/index.html", "guide_index", "Guide", chapters)}
	for _, chapter := range chapters {
		problems = append(problems, s.page("guide/"+chapter.Name+"/index.html", "chapter", chapter.Title, chapter))
	}
	return chapters, errors.Join(problems...)
}

func readChapter(name string) (*Chapter, error) {
	text, err := content.ReadFile(name)
	if err != nil {
		return nil, err
	}
	title, _, _ := strings.Cut(string(text), "\n")
	drawn, err := drawDiagrams(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var body bytes.Buffer
	if err := markdown.Convert([]byte(drawn), &body); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	_, plain, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), "-")
	return &Chapter{Name: plain, Title: strings.TrimPrefix(title, "# "), Body: template.HTML(body.String())}, nil
}

// Exercise is a list of commands of the guide with lines that they print; … in
// a line stands for anything.
type Exercise struct {
	Chapter, Title   string
	Commands, Output string
	// Builds says that the commands change a copy of this repository; Deploys and
	// Peers that they belong to those before and want a database and a proxy, or a
	// server of another make.
	Builds, Deploys, Peers bool
}

var (
	heading = regexp.MustCompile(`(?m)^## (.*)$`)
	fenced  = regexp.MustCompile("(?ms)^```(sh|sh build|sh deploy|sh peer|output)\n(.*?)^```$")
)

// Exercises returns those of the guide, in order: one for each heading that
// has commands.
func Exercises() ([]Exercise, error) {
	names, err := fs.Glob(content, "guide/*.md")
	if err != nil {
		return nil, err
	}
	var all []Exercise
	for _, name := range names {
		text, err := content.ReadFile(name)
		if err != nil {
			return nil, err
		}
		places := heading.FindAllStringSubmatchIndex(string(text), -1)
		for i, place := range places {
			end := len(text)
			if i+1 < len(places) {
				end = places[i+1][0]
			}
			exercise := readExercise(string(text[place[1]:end]))
			exercise.Chapter, exercise.Title = path.Base(name), string(text[place[2]:place[3]])
			if exercise.Commands != "" {
				all = append(all, exercise)
			}
		}
	}
	return all, nil
}

func readExercise(text string) Exercise {
	var e Exercise
	for _, block := range fenced.FindAllStringSubmatch(text, -1) {
		if block[1] == "output" {
			e.Output += block[2]
			continue
		}
		e.Commands += block[2]
		e.Builds = e.Builds || block[1] == "sh build"
		e.Deploys = e.Deploys || block[1] == "sh deploy"
		e.Peers = e.Peers || block[1] == "sh peer"
	}
	return e
}
