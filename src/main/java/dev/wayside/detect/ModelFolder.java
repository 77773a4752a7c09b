package dev.wayside.detect;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A folder with a detection model: {@code model.yaml} describes it, and the model and the labels lie next to that file.
 * All keys are in {@code docs/models.md}.
 *
 * @param folder the folder's path
 * @param name the name of the model, as in events
 * @param licence of the weights, as an SPDX identifier or in words
 * @param origin where the weights come from, in words
 * @param model the model's file
 * @param sha256 the file's SHA-256 in hexadecimal, which was checked
 * @param labels names of the classes, by line
 * @param input how a picture becomes the input
 * @param decoder how the outputs become boxes
 * @param thresholds which detections are kept
 */
public record ModelFolder(
        Path folder,
        String name,
        String licence,
        String origin,
        Path model,
        String sha256,
        List<String> labels,
        ModelInput input,
        DecoderSettings decoder,
        Thresholds thresholds) {

    /**
     * Reads and checks a folder.
     *
     * @param folder with {@code model.yaml}
     * @throws ModelFolderException if a key, a value or a file is missing or invalid
     */
    public static ModelFolder load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelFolderException(
                    folder + " is not a folder; model.path must name a folder with model.yaml in it (docs/models.md).");
        }
        YamlSection yaml = YamlSection.read(folder.resolve("model.yaml"));
        String name = yaml.text("name");
        String licence = yaml.text("licence");
        String origin = yaml.text("origin");
        Path model = beside(folder, yaml, "file");
        String sha256 = yaml.text("sha256").toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw yaml.wrong("sha256", "the 64 hexadecimal digits that sha256sum prints (in quotes)");
        }
        Path labelFile = beside(folder, yaml, "labels");
        ModelInput input = ModelInput.from(yaml.section("input"));
        DecoderSettings decoder = DecoderSettings.from(yaml.section("decoder"));
        Thresholds thresholds = Thresholds.from(yaml.section("thresholds"));
        yaml.refuseUnknownKeys();
        checkSum(model, sha256, folder);
        return new ModelFolder(
                folder, name, licence, origin, model, sha256, labels(labelFile), input, decoder, thresholds);
    }

    private static Path beside(Path folder, YamlSection yaml, String key) {
        String name = yaml.text(key);
        Path file = folder.resolve(name);
        if (!file.normalize().startsWith(folder.normalize())) {
            throw yaml.wrong(key, "a file inside the model's folder");
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelFolderException(folder.resolve("model.yaml") + ": " + key + " names " + name
                    + ", but there is no such file in " + folder + ".");
        }
        return file;
    }

    private static void checkSum(Path model, String expected, Path folder) {
        String actual = sha256(model);
        if (!actual.equals(expected)) {
            throw new ModelFolderException(model + " has SHA-256 " + actual + ", but " + folder.resolve("model.yaml")
                    + " expects " + expected
                    + ": the file is damaged or another model. Copy it again, or set sha256 to the"
                    + " first value if you changed the model on purpose.");
        }
    }

    private static String sha256(Path file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new ModelFolderException(file + " cannot be read: " + e + ".", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static List<String> labels(Path file) {
        List<String> lines;
        try {
            lines = TextFile.lines(file).stream().map(String::strip).toList();
        } catch (InvalidInputException e) {
            throw new ModelFolderException(e.getMessage(), e);
        }
        int empty = lines.indexOf("");
        if (lines.isEmpty() || empty >= 0) {
            throw new ModelFolderException(file + ": line " + (empty + 1)
                    + " is empty; give one class name per line, and ??? for a class number that is not used.");
        }
        return lines;
    }
}
